using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Fills an options object from a mapping: names by convention or <see cref="ConfigKeyAttribute"/>, text to what a property takes, all mistakes at once.</summary>
internal sealed class OptionsBinder(BindingContext context)
{
    private static readonly string[] s_reserved = ["_type", "type"];

    /// <summary>Keys that any component of the toolkit may carry and that need no property.</summary>
    private static readonly string[] s_common = ["name", "middleware", "optimizable_params", "search_space"];

    /// <summary>A new options object; what does not fit is a mistake in the context.</summary>
    public object Bind(Type type, ConfigMap map, string key)
    {
        var options = Activator.CreateInstance(type)!;
        var properties = Properties(type);
        Dictionary<string, JsonElement> extra = [];
        foreach (var (name, node) in map.Members.Where(m => !s_reserved.Contains(m.Key)))
        {
            if (properties.TryGetValue(name, out var property))
                Set(options, property, node, $"{key}.{name}");
            else if (!s_common.Contains(name))
                extra[name] = node.ToJson(name);
        }

        Keep(options, extra, properties, map, key);
        Validate(options, properties, map, key);
        return options;
    }

    /// <summary>A property's key in a file.</summary>
    internal static string KeyOf(PropertyInfo property) => property.GetCustomAttribute<ConfigKeyAttribute>()?.Key ?? Snake(property.Name);

    private static Dictionary<string, PropertyInfo> Properties(Type type)
    {
        Dictionary<string, PropertyInfo> keys = new(StringComparer.Ordinal);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } && p.Name != "Extra"))
        {
            keys[KeyOf(property)] = property;
            foreach (var alias in property.GetCustomAttribute<ConfigKeyAttribute>()?.Aliases ?? [])
                keys[alias] = property;
        }

        return keys;
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private void Keep(object options, Dictionary<string, JsonElement> extra, Dictionary<string, PropertyInfo> properties, ConfigMap map, string key)
    {
        if (extra.Count == 0)
            return;
        if (options.GetType().GetProperty("Extra") is { } bag && bag.PropertyType == typeof(Dictionary<string, JsonElement>))
        {
            bag.SetValue(options, extra);
            return;
        }

        foreach (var name in extra.Keys)
        {
            var near = NearNames.Of(name, properties.Keys);
            context.Warn(map.Members[name].Line, $"{key}.{name}", $"This key is not known and has no effect.{(near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : "")}");
        }
    }

    private void Set(object options, PropertyInfo property, ConfigNode node, string key)
    {
        // null leaves the default of what cannot be null, as an empty key does in the toolkit's files.
        if (node is ConfigScalar { Value.ValueKind: JsonValueKind.Null } && Nullable.GetUnderlyingType(property.PropertyType) is null && property.PropertyType.IsValueType)
            return;
        if (Convert(property.PropertyType, node, key) is (true, var value))
            property.SetValue(options, value);
    }

    private (bool Ok, object? Value) Convert(Type type, ConfigNode node, string key)
    {
        if (type == typeof(JsonElement))
            return (true, node.ToJson());
        if (node is ConfigScalar { Value.ValueKind: JsonValueKind.Null } && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null))
            return (true, null);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ItemType(type) is { } item)
            return List(item, node, key);
        if (DictionaryValue(type) is { } valueType)
            return Dictionary(valueType, node, key);
        if (node is ConfigScalar scalar)
            return Scalar(type, scalar, key);
        if (node is ConfigMap map && type.IsClass && type != typeof(string))
            return (true, Bind(type, map, key));
        return Wrong(node, key, $"a {(node is ConfigList ? "list" : "mapping")} stands here; {Describe(type)} is needed.");
    }

    private (bool Ok, object? Value) Scalar(Type type, ConfigScalar scalar, string key)
    {
        if (type == typeof(string))
            return (true, scalar.Text);
        if (type == typeof(ModelRef))
            return (true, context.Model(scalar.Line, key, scalar.Text));
        if (type == typeof(ToolRef))
            return (true, context.Tool(scalar.Line, key, scalar.Text));
        if (type == typeof(bool) && scalar.Value.ValueKind is JsonValueKind.True or JsonValueKind.False && type == typeof(bool))
            return (true, scalar.Value.GetBoolean());
        if (type.IsEnum && Enum.TryParse(type, scalar.Text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var member))
            return (true, member);
        if (type == typeof(TimeSpan) && Number(scalar) is { } seconds)
            return (true, TimeSpan.FromSeconds((double)seconds));
        if (IsNumber(type) && Number(scalar) is { } number && (!IsInteger(type) || number == Math.Floor(number)))
        {
            try
            {
                return (true, System.Convert.ChangeType(number, type, CultureInfo.InvariantCulture));
            }
            catch (OverflowException)
            {
                return Wrong(scalar, key, $"{scalar.Text} is too large for {Describe(type)}.");
            }
        }

        return Wrong(scalar, key, $"'{scalar.Text}' stands here; {Describe(type)} is needed.");
    }

    /// <summary>A number from a number, or from text that is one: <c>1e-6</c> is text to YAML 1.1 and a number to a numeric field.</summary>
    private static decimal? Number(ConfigScalar scalar) => scalar.Value.ValueKind == JsonValueKind.Number && scalar.Value.TryGetDecimal(out var number) ? number
        : scalar.Value.ValueKind == JsonValueKind.String && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? number : null;

    private (bool Ok, object? Value) List(Type itemType, ConfigNode node, string key)
    {
        if (node is not ConfigList list)
            return Wrong(node, key, $"{(node is ConfigScalar s ? $"'{s.Text}'" : "a mapping")} stands here; a list is needed, e.g. [a, b].");
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (Convert(itemType, list.Items[i], $"{key}[{i}]") is (true, var value))
                items.Add(value);
        }

        return (true, items);
    }

    private (bool Ok, object? Value) Dictionary(Type valueType, ConfigNode node, string key)
    {
        if (node is not ConfigMap map)
            return Wrong(node, key, "a mapping is needed here.");
        var members = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        foreach (var (name, child) in map.Members)
        {
            if (Convert(valueType, child, $"{key}.{name}") is (true, var value))
                members[name] = value;
        }

        return (true, members);
    }

    private (bool Ok, object? Value) Wrong(ConfigNode node, string key, string message)
    {
        context.Mistake(node.Line, key, char.ToUpperInvariant(message[0]) + message[1..]);
        return (false, null);
    }

    private void Validate(object options, Dictionary<string, PropertyInfo> properties, ConfigMap map, string key)
    {
        List<ValidationResult> faults = [];
        if (Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
            return;
        foreach (var fault in faults)
        {
            var property = fault.MemberNames.Select(n => options.GetType().GetProperty(n)).FirstOrDefault(p => p is not null);
            var name = property is null ? "" : KeyOf(property);
            var node = properties.Where(p => p.Value == property).Select(p => map.Members.GetValueOrDefault(p.Key)).FirstOrDefault(n => n is not null);
            var message = (fault.ErrorMessage ?? "It is not valid.").Replace($"The field {property?.Name} ", "It ", StringComparison.Ordinal).Replace($"The {property?.Name} field is required.", "This key is missing and must be written.", StringComparison.Ordinal);
            // A key that could not be read at all has its own mistake already.
            var path = name.Length > 0 ? $"{key}.{name}" : key;
            if (!context.Mistakes.Any(m => m.Key == path))
                context.Mistake(node?.Line ?? map.Line, path, message);
        }
    }

    private static Type? ItemType(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(IReadOnlyList<>) || open == typeof(List<>) || open == typeof(IList<>) || open == typeof(IEnumerable<>))
            ? type.GetGenericArguments()[0]
            : null;

    private static Type? DictionaryValue(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Dictionary<,>) || open == typeof(IReadOnlyDictionary<,>))
        && type.GetGenericArguments()[0] == typeof(string)
            ? type.GetGenericArguments()[1]
            : null;

    private static bool IsInteger(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte);

    private static bool IsNumber(Type type) => IsInteger(type) || type == typeof(float) || type == typeof(double) || type == typeof(decimal);

    private static string Describe(Type type) => type == typeof(bool) ? "true or false"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type).Select(Snake))}"
        : type == typeof(TimeSpan) ? "a number of seconds"
        : IsInteger(type) ? "a whole number"
        : IsNumber(type) ? "a number"
        : type == typeof(string) ? "text"
        : type == typeof(ModelRef) ? "the name of a model under 'llms'"
        : type == typeof(ToolRef) ? "the name of a function or function group"
        : "a mapping";
}
