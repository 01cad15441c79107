using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Hub.Workflows.Catalog;

/// <summary>Summaries from the XML documentation that lies beside an assembly; empty where there is none.</summary>
internal static partial class XmlSummaries
{
    // Weak, so that a plugin that it knows can be unloaded.
    private static readonly ConditionalWeakTable<Assembly, ConcurrentDictionary<string, string>> s_known = [];

    public static string Of(Type type) => Find(type.Assembly, $"T:{type.FullName?.Replace('+', '.')}");

    public static string Of(PropertyInfo property) => Find(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName?.Replace('+', '.')}.{property.Name}");

    private static string Find(Assembly assembly, string member) => s_known.GetValue(assembly, Read).GetValueOrDefault(member, "");

    private static ConcurrentDictionary<string, string> Read(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path))
            return [];
        try
        {
            var members = XDocument.Load(path).Descendants("member").Where(m => m.Attribute("name") is not null);
            return new(members.Select(m => KeyValuePair.Create(m.Attribute("name")!.Value, Plain(m.Element("summary")))).DistinctBy(m => m.Key));
        }
        catch (XmlException)
        {
            // Documentation is a courtesy: a broken file leaves it out, and nothing else.
            return [];
        }
    }

    private static string Plain(XElement? summary)
    {
        if (summary is null)
            return "";
        foreach (var see in summary.Descendants().Where(e => e.Attribute("cref") is not null && e.IsEmpty).ToArray())
            see.ReplaceWith(see.Attribute("cref")!.Value.Split('.', ':')[^1]);
        return Spaces.Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces { get; }
}
