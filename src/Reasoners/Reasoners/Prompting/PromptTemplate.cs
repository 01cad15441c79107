using System.Text;

namespace Reasoners.Prompting;

/// <summary>A prompt that a workflow file brings: <c>{name}</c> stands for a value, <c>{{</c> and <c>}}</c> for single braces.</summary>
internal static class PromptTemplate
{
    /// <summary>Fills in the named values; a name that is not given stays as it is written.</summary>
    public static string Fill(string template, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = new StringBuilder(template.Length);
        for (var i = 0; i < template.Length; i++)
        {
            var rest = template.AsSpan(i);
            if (rest.StartsWith("{{") || rest.StartsWith("}}"))
            {
                text.Append(template[i++]);
                continue;
            }

            var found = Match(rest, values);
            if (found < 0)
            {
                text.Append(template[i]);
                continue;
            }

            text.Append(values[found].Value);
            i += values[found].Name.Length + 1;
        }

        return text.ToString();
    }

    /// <summary>Names among <paramref name="needed"/> that a template does not mention.</summary>
    public static IReadOnlyList<string> Missing(string template, params IReadOnlyList<string> needed) =>
        [.. needed.Where(name => !template.Contains($"{{{name}}}", StringComparison.Ordinal))];

    /// <summary>Index of the value whose <c>{name}</c> begins here, or -1.</summary>
    private static int Match(ReadOnlySpan<char> rest, ReadOnlySpan<(string Name, string Value)> values)
    {
        if (rest[0] != '{')
            return -1;
        for (var i = 0; i < values.Length; i++)
        {
            var name = values[i].Name;
            if (rest.Length > name.Length + 1 && rest[1..].StartsWith(name) && rest[name.Length + 1] == '}')
                return i;
        }

        return -1;
    }
}
