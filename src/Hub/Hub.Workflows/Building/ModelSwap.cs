using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Puts one model in place of every model of a file; the others need not even be of a known type.</summary>
internal static class ModelSwap
{
    private const string Source = "--llm";
    private const string LocalType = "hub_local";
    private const string LocalModel = "hub-nano";

    /// <summary>The mapping that stands for every model.</summary>
    /// <param name="wanted">Name of a model in the file, <c>hub-nano</c>, <c>TYPE:MODEL</c>, or a model folder.</param>
    /// <param name="models">The file's models.</param>
    /// <param name="registry">Component types.</param>
    /// <param name="context">Takes a mistake.</param>
    /// <returns>The mapping and its key; null where nothing has that name.</returns>
    public static (ConfigMap Map, string Key)? Find(string wanted, IReadOnlyDictionary<string, ConfigNode> models, ComponentRegistry registry, BindingContext context)
    {
        if (models.GetValueOrDefault(wanted) is ConfigMap known)
            return (known, $"llms.{wanted}");
        if (wanted == LocalModel || Directory.Exists(wanted))
            return (Map(LocalType, wanted), Source);
        var cut = wanted.IndexOf(':', StringComparison.Ordinal);
        if (cut > 0 && cut < wanted.Length - 1 && registry.Find(ComponentKind.Model, wanted[..cut]) is not null)
            return (Map(wanted[..cut], wanted[(cut + 1)..]), Source);
        var near = NearNames.Of(wanted, [.. models.Keys, LocalModel]);
        context.Mistake(0, Source,
            $"There is no model '{wanted}'. {(near.Count > 0 ? $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}? " : "")}Known: {string.Join(", ", models.Keys.Append(LocalModel))}, a model folder, " +
            $"or TYPE:MODEL with a type of {string.Join(", ", registry.Names(ComponentKind.Model))}.");
        return null;
    }

    private static ConfigMap Map(string type, string model) => new(0, new Dictionary<string, ConfigNode>
    {
        ["_type"] = new ConfigScalar(0, type, YamlScalars.Text(type)),
        ["model"] = new ConfigScalar(0, model, YamlScalars.Text(model)),
    });
}
