using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>What a file may write for an options class.</summary>
/// <param name="Options">Its options, in the order of the class.</param>
/// <param name="Extension">Takes keys that no option has (marked <see cref="JsonExtensionDataAttribute"/>); null where there is none.</param>
internal sealed record OptionsShape(IReadOnlyList<OptionsShape.Option> Options, PropertyInfo? Extension)
{
    // Weak, so that a plugin whose options it knows can be unloaded.
    private static readonly ConditionalWeakTable<Type, OptionsShape> s_known = [];

    /// <summary>Every key that is known, aliases included.</summary>
    public IEnumerable<string> Keys => Options.SelectMany(o => o.Keys);

    /// <summary>The shape of a class.</summary>
    public static OptionsShape Of(Type type) => s_known.GetValue(type, static t =>
    {
        PropertyInfo[] properties = [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p is { SetMethod.IsPublic: true } && p.GetIndexParameters().Length == 0)];
        var extension = properties.FirstOrDefault(p => p.IsDefined(typeof(JsonExtensionDataAttribute)) && p.PropertyType == typeof(Dictionary<string, JsonElement>));
        return new OptionsShape([.. properties.Where(p => p != extension).Select(p => new Option(p, KeysOf(p)))], extension);
    });

    /// <summary>A name of C# as files write it: <c>MaxToolCalls</c> is <c>max_tool_calls</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static string[] KeysOf(PropertyInfo property) => property.GetCustomAttribute<ConfigKeyAttribute>() is { } key ? [key.Key, .. key.Aliases] : [Snake(property.Name)];

    /// <summary>One option.</summary>
    /// <param name="Property">Where it goes.</param>
    /// <param name="Keys">Its key, then its aliases.</param>
    public sealed record Option(PropertyInfo Property, IReadOnlyList<string> Keys);
}
