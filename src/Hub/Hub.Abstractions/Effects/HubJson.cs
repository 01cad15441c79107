using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>The one JSON dialect of logs and wire forms.</summary>
public static class HubJson
{
    /// <summary>Compact, nulls left out, non-ASCII text as itself; knows the types of Microsoft.Extensions.AI.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static readonly ConditionalWeakTable<AssemblyLoadContext, JsonSerializerOptions> s_ofPlugins = [];

    /// <summary>The options for a type: those of its plugin where it comes from one.</summary>
    /// <remarks>Serialisers remember every type they meet. Were plugins' types met by the hub's own options, no plugin could be unloaded.</remarks>
    /// <param name="type">Any type.</param>
    public static JsonSerializerOptions For(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsCollectible ? s_ofPlugins.GetValue(Collectible(type), static _ => Create(new OfOnePlugin())) : Options;
    }

    /// <summary>Lets go of a plugin's options. Its context lives until its last type is forgotten, and options remember types: one of the two must go first.</summary>
    /// <param name="plugin">The context that is being unloaded.</param>
    internal static void Forget(AssemblyLoadContext plugin) => s_ofPlugins.Remove(plugin);

    // A list of a plugin's items is as collectible as the items, but List<> itself lives in the default context.
    private static AssemblyLoadContext Collectible(Type type)
    {
        var element = type.HasElementType ? type.GetElementType() : null;
        if (element is { IsCollectible: true })
            return Collectible(element);
        var argument = type.IsGenericType ? Array.Find(type.GetGenericArguments(), a => a.IsCollectible) : null;
        if (argument is not null && !type.Assembly.IsCollectible)
            return Collectible(argument);
        return AssemblyLoadContext.GetLoadContext(type.Assembly)!;
    }

    private static JsonSerializerOptions Create(IJsonTypeInfoResolver? mark = null)
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = false,
        };
        if (mark is not null)
            options.TypeInfoResolverChain.Add(mark);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Resolves nothing. Options that are equal share what they remember of types; this makes each plugin's options differ from all others.</summary>
    private sealed class OfOnePlugin : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => null;
    }
}
