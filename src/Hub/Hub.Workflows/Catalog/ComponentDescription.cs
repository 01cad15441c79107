using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Hub.Abstractions;
using Hub.Workflows.Building;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Catalog;

/// <summary>A component type as people and programs read about it.</summary>
/// <param name="Kind">What it makes.</param>
/// <param name="Type">Name after <c>_type:</c>.</param>
/// <param name="Summary">What its options say of it.</param>
/// <param name="Options">Its keys, required ones first.</param>
/// <param name="Example">How a file writes it: YAML.</param>
public sealed record ComponentDescription(ComponentKind Kind, string Type, string Summary, IReadOnlyList<OptionDescription> Options, string Example)
{
    /// <summary>Reads a type's options class: names and defaults from the class, words from its XML documentation.</summary>
    /// <param name="type">The type.</param>
    public static ComponentDescription Of(ComponentType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var defaults = Activator.CreateInstance(type.OptionsType)!;
        OptionDescription[] options = [.. OptionsShape.Of(type.OptionsType).Options.Select(o => Describe(o, defaults)).OrderByDescending(o => o.IsRequired)];
        return new ComponentDescription(type.Kind, type.Name, Own(type, defaults) ?? XmlSummaries.Of(type.OptionsType), options, Yaml(type, options));
    }

    /// <summary>The section of a workflow file that such components stand in.</summary>
    /// <param name="kind">The kind.</param>
    public static string Section(ComponentKind kind) => kind == ComponentKind.Reasoner ? "workflow" : SectionKinds.Of(kind);

    /// <summary>What a tool says of itself, or a group's members; null where it cannot be made without its keys.</summary>
    private static string? Own(ComponentType type, object options)
    {
        if (type.Kind is not (ComponentKind.Tool or ComponentKind.ToolGroup))
            return null;
        try
        {
            var made = type.Create(options, new Nothing());
            return made switch
            {
                AIFunction tool => tool.Description,
                IEnumerable<AIFunction> members => $"Members: {string.Join(", ", members.Select(m => m.Name))}.",
                _ => null,
            };
        }
        catch (Exception)
        {
            // A factory that needs its keys or its services: the words of its options stand for it.
            return null;
        }
    }

    private static OptionDescription Describe(OptionsShape.Option option, object defaults)
    {
        var property = option.Property;
        var isRequired = property.IsDefined(typeof(RequiredAttribute)) || property.IsDefined(typeof(RequiredMemberAttribute));
        var standing = isRequired ? null : Text(property.GetValue(defaults));
        return new OptionDescription(option.Keys[0], [.. option.Keys.Skip(1)], Words(property.PropertyType), isRequired, standing, XmlSummaries.Of(property));
    }

    private static string Words(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(ModelRef))
            return "name of a model";
        if (type == typeof(ToolRef))
            return "name of a tool";
        if (type == typeof(MemoryRef))
            return "name of a memory";
        if (type == typeof(ObjectStoreRef))
            return "name of an object store";
        if (type == typeof(EmbedderRef))
            return "name of an embedder";
        if (type == typeof(string) || type == typeof(Uri))
            return "text";
        if (type == typeof(bool))
            return "true or false";
        if (type.IsEnum)
            return string.Join(" | ", Enum.GetNames(type).Select(OptionsShape.Snake));
        if (type.IsPrimitive || type == typeof(decimal))
            return type == typeof(double) || type == typeof(float) || type == typeof(decimal) ? "number" : "whole number";
        if (type == typeof(TimeSpan))
            return "seconds";
        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
            return type.GetGenericArguments() is [var item] ? $"list of {Words(item)}" : "mapping";
        return "mapping";
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        ModelRef or ToolRef or MemoryRef or ObjectStoreRef or EmbedderRef => value.ToString() is { Length: > 0 } name ? name : null,
        bool flag => flag ? "true" : "false",
        string text => text.Length == 0 ? "''" : text,
        TimeSpan time => time.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        Enum choice => OptionsShape.Snake(choice.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => items.GetEnumerator().MoveNext() ? "(see its documentation)" : "[]",
        _ => null,
    };

    private static string Yaml(ComponentType type, IReadOnlyList<OptionDescription> options)
    {
        var text = new StringBuilder();
        var indent = "";
        foreach (var part in Section(type.Kind).Split('.'))
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}{part}:\n");
            indent += "  ";
        }

        if (type.Kind != ComponentKind.Reasoner)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}my_{type.Name.Replace('/', '_')}:\n");
            indent += "  ";
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}_type: {type.Name}\n");
        foreach (var option in options.Where(o => o.IsRequired))
            text.Append(CultureInfo.InvariantCulture, $"{indent}{option.Key}: {Sample(option)}\n");
        return text.ToString();
    }

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private static string Sample(OptionDescription option) => option.Type switch
    {
        "name of a model" => "my_model",
        "name of a tool" => "my_tool",
        "name of a memory" => "my_memory",
        "name of an object store" => "my_store",
        "name of an embedder" => "my_embedder",
        "list of name of a tool" => "[my_tool]",
        "list of text" => "[one, two]",
        "true or false" => "true",
        "number" or "whole number" or "seconds" => "1",
        "mapping" => "{}",
        _ => "text",
    };
}
