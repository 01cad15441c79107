namespace Tidy.Tests;

/// <summary>One house rule: a pure function of one file.</summary>
internal interface IRule
{
    /// <summary>Whether the rule speaks about a file of this path.</summary>
    bool AppliesTo(string path);

    /// <summary>Every breach in the file, in the order of its lines.</summary>
    IEnumerable<Finding> Check(SourceFile file);
}
