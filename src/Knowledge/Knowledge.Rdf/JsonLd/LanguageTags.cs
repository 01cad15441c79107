using System.Text;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Language tags as JSON-LD checks them: as those of every format here, without a direction.</summary>
internal static class LanguageTags
{
    public static bool IsWellFormed(string tag)
    {
        var bytes = Encoding.UTF8.GetBytes(tag);
        return LanguageTag.Run(bytes) == bytes.Length && !tag.Contains("--", StringComparison.Ordinal) && LanguageTag.Problem(bytes) is null;
    }
}
