namespace Tidy.Tests.Rules;

/// <summary>Committed text names neither a folder of one machine nor the host of a package registry.</summary>
internal sealed class OutsidePaths : IRule
{
    // Written in parts, so that this file does not break its own rule.
    private static readonly string[] _machine = ["/wo" + "rk/", "/tmp/" + "hub", "/ro" + "ot/"];
    private static readonly string[] _hosts = ["nu" + "get.org", "np" + "mjs.org", "registry.npm" + "js", "npm" + "mirror.com"];

    public bool AppliesTo(string path) => true;

    public IEnumerable<Finding> Check(SourceFile file)
    {
        for (var line = 0; line < file.Lines.Length; line++)
        {
            if (_machine.FirstOrDefault(m => file.Lines[line].Contains(m, StringComparison.Ordinal)) is { } folder)
                yield return file.At(line + 1, $"'{folder}' is a folder of one machine: write a path from the repository's root.");
            if (_hosts.FirstOrDefault(h => file.Lines[line].Contains(h, StringComparison.OrdinalIgnoreCase)) is { } host)
                yield return file.At(line + 1, $"'{host}' is a registry's host: which registry serves a package is the machine's business.");
        }
    }
}
