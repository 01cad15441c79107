using System.Reflection;
using System.Reflection.Metadata;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Core.Plugins;

/// <summary>Makes libraries of the framework forget what they remember of types, as they do for hot reload: their own hook for it is used.</summary>
/// <remarks>
/// System.Text.Json keeps accessors of members in a static cache that is cleaned only when it is used; until then an unloaded plugin would stay.
/// The hook is the convention of <see cref="MetadataUpdateHandlerAttribute"/>: a static method <c>ClearCache(Type[]?)</c>.
/// </remarks>
internal static class LibraryCaches
{
    private static readonly Assembly[] s_libraries = [typeof(JsonSerializer).Assembly, typeof(ActivatorUtilities).Assembly, typeof(System.ComponentModel.TypeDescriptor).Assembly];

    private static readonly Action<Type[]?>[] s_clear = [.. s_libraries.SelectMany(Handlers)];

    public static void Clear()
    {
        foreach (var clear in s_clear)
            clear(null);
    }

    private static IEnumerable<Action<Type[]?>> Handlers(Assembly library) => library.GetCustomAttributes<MetadataUpdateHandlerAttribute>()
        .Select(a => a.HandlerType.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])]))
        .OfType<MethodInfo>()
        .Select(m => m.CreateDelegate<Action<Type[]?>>());
}
