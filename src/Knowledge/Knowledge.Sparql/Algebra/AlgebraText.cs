using System.Globalization;
using System.Text;

namespace Knowledge.Sparql;

/// <summary>Algebra as text: S-expressions with the specification's names, inputs indented by two.</summary>
internal static class AlgebraText
{
    /// <summary>Prints an expression of the algebra.</summary>
    public static string Write(Algebra algebra)
    {
        var text = new StringBuilder();
        Write(algebra, 0, text);
        return text.ToString();
    }

    private static void Write(Algebra algebra, int indent, StringBuilder text)
    {
        text.Append(' ', indent).Append('(').Append(Label(algebra));
        foreach (var input in algebra.Inputs)
        {
            text.Append('\n');
            Write(input, indent + 2, text);
        }

        text.Append(')');
    }

    private static string Label(Algebra algebra) => algebra switch
    {
        Bgp bgp => "bgp" + string.Concat(bgp.Triples.Select(t => $" ({t})")),
        LeftJoin { Condition: { } condition } => $"leftjoin {condition}",
        Filter filter => $"filter {string.Join(' ', filter.Conditions)}",
        Graph graph => $"graph {graph.Name}",
        Extend extend => $"extend ?{extend.Variable} {extend.Value}",
        Table table => $"table ({string.Join(' ', table.Values.Variables.Select(v => "?" + v))}) {table.Values.Rows.Count} rows",
        Group group => $"group ({string.Join(' ', group.Keys.Select(k => $"(?{k.Variable} {k.Value})"))}) ({string.Join(' ', group.Aggregates.Select(a => $"(?{a.Variable} {a.Value})"))})",
        OrderBy order => $"order ({string.Join(' ', order.Conditions)})",
        Project project => $"project ({string.Join(' ', project.Variables.Select(v => "?" + v))})",
        Slice slice => string.Create(CultureInfo.InvariantCulture, $"slice {slice.Offset} {(slice.Limit is { } limit ? limit.ToString(CultureInfo.InvariantCulture) : "_")}"),
        ServiceCall service => $"service {service.Endpoint}",
        _ => algebra.GetType().Name.ToUpperInvariant() switch { "LEFTJOIN" => "leftjoin", "JOIN" => "join", "UNION" => "union", "MINUS" => "minus", _ => "distinct" },
    };
}
