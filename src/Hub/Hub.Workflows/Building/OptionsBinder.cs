using System.Collections;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Fills an options object from a mapping: names by convention or <see cref="ConfigKeyAttribute"/>, text to what a property takes, all mistakes at once.</summary>
internal sealed class OptionsBinder(BindingContext context)
{
    private static readonly string[] s_type = ["_type", "type"];

    /// <summary>Types of options that name another component.</summary>
    private static readonly Dictionary<Type, (ComponentKind Kind, Func<string, object> Make)> s_references = new()
    {
        [typeof(ModelRef)] = (ComponentKind.Model, static name => new ModelRef(name)),
        [typeof(ToolRef)] = (ComponentKind.Tool, static name => new ToolRef(name)),
        [typeof(EmbedderRef)] = (ComponentKind.Embedder, static name => new EmbedderRef(name)),
        [typeof(MemoryRef)] = (ComponentKind.Memory, static name => new MemoryRef(name)),
        [typeof(AuthenticationRef)] = (ComponentKind.Authentication, static name => new AuthenticationRef(name)),
        [typeof(ObjectStoreRef)] = (ComponentKind.ObjectStore, static name => new ObjectStoreRef(name)),
    };

    /// <summary>A new options object; what does not fit is a mistake in the context.</summary>
    /// <param name="type">Class of the options.</param>
    /// <param name="map">What the file writes.</param>
    /// <param name="key">Path of the mapping.</param>
    /// <param name="tolerated">Keys that need no option because somebody else reads them.</param>
    public object Bind(Type type, ConfigMap map, string key, params IReadOnlyCollection<string> tolerated)
    {
        var options = Activator.CreateInstance(type)!;
        var shape = OptionsShape.Of(type);
        foreach (var option in shape.Options)
            Set(options, option, map, key);
        Rest(options, shape, map, key, tolerated);
        new OptionsCheck(context).Check(options, shape, map, key);
        return options;
    }

    private void Set(object options, OptionsShape.Option option, ConfigMap map, string key)
    {
        string[] written = [.. option.Keys.Where(map.Members.ContainsKey)];
        if (written.Length == 0)
            return;
        foreach (var other in written.Skip(1))
            context.Warn(map.Members[other].Line, $"{key}.{other}", $"This key means the same as '{written[0]}', which counts. Take one of them away.");
        var node = map.Members[written[0]];
        // An empty key leaves the default, unless the option can be null.
        if (IsNull(node) && option.Property.PropertyType is var type && type.IsValueType && Nullable.GetUnderlyingType(type) is null)
            return;
        if (Convert(option.Property.PropertyType, node, $"{key}.{written[0]}") is (true, var value) && (value is not null || IsNullable(option)))
            option.Property.SetValue(options, value);
    }

    private static bool IsNullable(OptionsShape.Option option) =>
        new System.Reflection.NullabilityInfoContext().Create(option.Property).WriteState != System.Reflection.NullabilityState.NotNull;

    private void Rest(object options, OptionsShape shape, ConfigMap map, string key, IReadOnlyCollection<string> tolerated)
    {
        HashSet<string> known = [.. shape.Keys, .. s_type, .. tolerated];
        KeyValuePair<string, ConfigNode>[] rest = [.. map.Members.Where(m => !known.Contains(m.Key))];
        if (shape.Extension is { } extension)
        {
            extension.SetValue(options, rest.ToDictionary(m => m.Key, m => m.Value.ToValue()));
            return;
        }

        foreach (var (name, node) in rest)
        {
            var near = NearNames.Of(name, shape.Keys);
            context.Warn(node.Line, $"{key}.{name}", $"This key is not known and has no effect.{(near.Count > 0 ? $" Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?" : "")}");
        }
    }

    private (bool Ok, object? Value) Convert(Type type, ConfigNode node, string key)
    {
        if (type == typeof(JsonElement))
            return (true, node.ToValue());
        if (IsNull(node) && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null))
            return (true, null);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ItemType(type) is { } item)
            return List(item, node, key);
        if (DictionaryValue(type) is { } valueType)
            return Dictionary(valueType, node, key);
        return node switch
        {
            ConfigScalar scalar => Scalar(type, scalar, key),
            ConfigMap map when type.IsClass && type != typeof(string) && type != typeof(Uri) => (true, Bind(type, map, key)),
            _ => Wrong(node, key, ScalarReader.Describe(type)),
        };
    }

    private (bool Ok, object? Value) Scalar(Type type, ConfigScalar scalar, string key)
    {
        if (s_references.TryGetValue(type, out var reference))
        {
            context.Refer(reference.Kind, scalar.Line, key, scalar.Text);
            return (true, reference.Make(scalar.Text));
        }

        return ScalarReader.Read(type, scalar) is { } value ? (true, value) : Wrong(scalar, key, ScalarReader.Describe(type));
    }

    private (bool Ok, object? Value) List(Type itemType, ConfigNode node, string key)
    {
        if (node is not ConfigList list)
            return Wrong(node, key, "a list, e.g. [a, b],");
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
            return Wrong(node, key, "a mapping");
        var members = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        foreach (var (name, child) in map.Members)
        {
            if (Convert(valueType, child, $"{key}.{name}") is (true, var value))
                members[name] = value;
        }

        return (true, members);
    }

    private (bool Ok, object? Value) Wrong(ConfigNode node, string key, string needed)
    {
        context.Mistake(node.Line, key, $"{BindingContext.Found(node, key)} stands here; {needed} is needed.");
        return (false, null);
    }

    private static bool IsNull(ConfigNode node) => node is ConfigScalar { Value.ValueKind: JsonValueKind.Null };

    private static Type? ItemType(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var open
        && (open == typeof(IReadOnlyList<>) || open == typeof(List<>) || open == typeof(IList<>)
            || open == typeof(IEnumerable<>) || open == typeof(IReadOnlyCollection<>) || open == typeof(ICollection<>))
            ? type.GetGenericArguments()[0]
            : null;

    private static Type? DictionaryValue(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var open
        && (open == typeof(Dictionary<,>) || open == typeof(IReadOnlyDictionary<,>) || open == typeof(IDictionary<,>)) && type.GetGenericArguments()[0] == typeof(string)
            ? type.GetGenericArguments()[1]
            : null;
}
