using System.Reflection;
using System.Runtime.Loader;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Plugins;

/// <summary>A plugin's own world of assemblies. What is shared with the hub is the short list below and the framework; everything else is the plugin's.</summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    /// <summary>Assemblies whose types pass between hub and plugins. A plugin's own copies of them are ignored.</summary>
    public static readonly IReadOnlyList<string> Shared =
    [
        typeof(IHubPlugin).Assembly.GetName().Name!,
        typeof(AIFunction).Assembly.GetName().Name!,
        typeof(IEvaluator).Assembly.GetName().Name!,
        typeof(IServiceCollection).Assembly.GetName().Name!,
        typeof(ILogger).Assembly.GetName().Name!,
    ];

    private static readonly HashSet<string> s_framework = Framework();

    private readonly AssemblyDependencyResolver _resolver;

    public PluginLoadContext(PluginPackage package)
        : base($"{package.Manifest.Id} {package.Version}", isCollectible: true)
    {
        _resolver = new AssemblyDependencyResolver(Path.Combine(package.Folder, package.Manifest.Assembly));
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared.Contains(assemblyName.Name!))
            return null;
        if (_resolver.ResolveAssemblyToPath(assemblyName) is { } path)
            return LoadFromAssemblyPath(path);
        // The hub's own libraries are not for plugins: their versions are the hub's business.
        return s_framework.Contains(assemblyName.Name!) ? null : throw new FileNotFoundException($"{assemblyName.Name} {assemblyName.Version} is not among the plugin's files.", assemblyName.Name);
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;

    private static HashSet<string> Framework()
    {
        var runtime = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", ".."));
        var trusted = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator);
        return [.. trusted.Where(p => p.StartsWith(runtime, StringComparison.Ordinal)).Select(p => Path.GetFileNameWithoutExtension(p)), "System.Private.CoreLib"];
    }
}
