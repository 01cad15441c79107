using System.Reflection;
using Hub.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>Finds and makes a plugin's entry point; every way in which that fails becomes an error that says what to do.</summary>
internal static class PluginEntry
{
    /// <exception cref="PluginException">There is none, or too many, or it cannot be made.</exception>
    public static IHubPlugin Create(PluginLoadContext context, PluginPackage package)
    {
        var type = Find(context, package);
        IHubPlugin? plugin = null;
        Calling(package, $"the constructor of {type.FullName}", () => plugin = (IHubPlugin)Activator.CreateInstance(type)!);
        return plugin!;
    }

    /// <summary>Calls plugin code and puts its errors into the hub's words.</summary>
    /// <exception cref="PluginException">It failed.</exception>
    public static void Calling(PluginPackage package, string what, Action call)
    {
        try
        {
            call();
        }
        catch (Exception broken) when (broken is not PluginException)
        {
            var cause = broken;
            while (cause is TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner)
                cause = inner;
            throw cause is FileNotFoundException or FileLoadException or TypeLoadException or MissingMethodException
                ? Missing(package, what, cause)
                : new PluginException(package.Origin, $"{what} threw {cause.GetType().Name}: {cause.Message}", Plain(cause));
        }
    }

    private static Type Find(PluginLoadContext context, PluginPackage package)
    {
        Type[] found = [];
        try
        {
            found = [.. context.LoadFromAssemblyPath(Path.Combine(package.Folder, package.Manifest.Assembly)).GetExportedTypes()
                .Where(t => typeof(IHubPlugin).IsAssignableFrom(t) && t is { IsAbstract: false, IsGenericTypeDefinition: false })];
        }
        catch (Exception unloadable) when (unloadable is FileNotFoundException or FileLoadException or TypeLoadException or ReflectionTypeLoadException)
        {
            throw Missing(package, $"reading {package.Manifest.Assembly}", unloadable);
        }
        catch (BadImageFormatException broken)
        {
            throw new PluginException(package.Origin, $"{package.Manifest.Assembly} is no .NET assembly that runs here: {broken.Message}", Plain(broken));
        }

        if (package.Manifest.EntryPoint is { } name)
        {
            return Array.Find(found, t => t.FullName == name) ?? throw new PluginException(package.Origin,
                $"the manifest names the entry point {name}; {package.Manifest.Assembly} has [{string.Join(", ", found.Select(t => t.FullName))}]. Correct \"entry_point\".");
        }

        return found.Length == 1 ? found[0] : throw new PluginException(package.Origin, found.Length == 0
            ? $"{package.Manifest.Assembly} has no public class that implements Hub.Abstractions.IHubPlugin; exactly one is needed."
            : $"{package.Manifest.Assembly} has {found.Length} public classes that implement IHubPlugin ({string.Join(", ", found.Select(t => t.FullName))}); name one as \"entry_point\" in {PluginManifest.FileName}.");
    }

    private static PluginException Missing(PluginPackage package, string what, Exception cause) => new(package.Origin,
        $"{what} needs something that is not there: {cause.Message} Publish the plugin with its dependencies (dotnet publish, or EnableDynamicLoading), and with the hub's version of what it shares with the hub.", Plain(cause));

    // The exception itself, and its stack trace, would keep the plugin in memory for as long as somebody has the error.
    private static InvalidOperationException Plain(Exception cause) => new($"{cause.GetType().Name}: {cause.Message}");
}
