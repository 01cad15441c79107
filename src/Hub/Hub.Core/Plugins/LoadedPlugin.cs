using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Plugins;

/// <summary>A plugin version in memory: its assemblies, its services and what it registered. Given up by its last holder, it is unloaded.</summary>
/// <remarks>Thread safety: all members.</remarks>
internal sealed class LoadedPlugin
{
    private readonly Lock _lock = new();
    private readonly PluginHostOptions _options;
    private PluginLoadContext? _context;
    private ServiceProvider? _services;
    private PluginRegistrations? _registrations;
    private int _holders;
    private bool _isRetired;
    private WeakReference? _unloaded;
    private long _unloadedAt;

    private LoadedPlugin(PluginPackage package, PluginHostOptions options)
    {
        Package = package;
        _options = options;
    }

    public PluginPackage Package { get; }

    public string Id => Package.Manifest.Id;

    public string Version => Package.Version;

    /// <summary>Loads a plugin's copy.</summary>
    /// <exception cref="PluginException">It cannot be loaded, hangs, or registers what its manifest does not say.</exception>
    public static LoadedPlugin Load(PluginPackage package, PluginHostOptions options)
    {
        var plugin = new LoadedPlugin(package, options);
        // A thread of its own: what hangs in a constructor keeps that thread, and nothing else.
        ExceptionDispatchInfo? failure = null;
        var loading = new Thread(() => failure = plugin.TryOpen()) { IsBackground = true, Name = $"plugin {package.Manifest.Id}" };
        loading.Start();
        if (!loading.Join(options.LoadTimeout))
        {
            throw new PluginException(package.Origin,
                $"it did not finish loading within {options.LoadTimeout.TotalSeconds:0.#} s. Its constructor, a static initialiser or Configure hangs; they must only register types. Its thread stays behind until the process ends.");
        }

        failure?.Throw();
        return plugin;
    }

    /// <summary>Takes the plugin for a set of components.</summary>
    /// <exception cref="ObjectDisposedException">It was given up by everybody and unloaded.</exception>
    public void Hold()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_registrations is null, this);
            _holders++;
        }
    }

    /// <summary>Gives it back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _holders--;
            UnloadWhenFree();
        }
    }

    /// <summary>No new holder will come; it is unloaded when the last one has given it back.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            _isRetired = true;
            UnloadWhenFree();
        }
    }

    /// <summary>Registers its component types.</summary>
    public void Configure(IHubRegistry hub)
    {
        PluginRegistrations registrations;
        lock (_lock)
            registrations = _registrations ?? throw new ObjectDisposedException(Id);
        registrations.Configure(hub);
    }

    /// <summary>Where it stands; null once it has left memory.</summary>
    public PluginStatus? Status()
    {
        lock (_lock)
        {
            if (_unloaded is { IsAlive: false })
                return null;
            var state = _unloaded is not null ? (_options.Time.GetElapsedTime(_unloadedAt) > _options.UnloadGrace ? PluginState.Leaked : PluginState.Unloading)
                : _isRetired ? PluginState.Retired
                : PluginState.Current;
            return new PluginStatus(Id, Version, state, _holders, [.. Package.Manifest.Capabilities], Package.Origin);
        }
    }

    private ExceptionDispatchInfo? TryOpen()
    {
        try
        {
            Open();
            return null;
        }
        catch (Exception failure)
        {
            return ExceptionDispatchInfo.Capture(failure);
        }
    }

    private void Open()
    {
        var context = new PluginLoadContext(Package);
        try
        {
            var plugin = PluginEntry.Create(context, Package);
            var services = Services(plugin, context);
            var registrations = new PluginRegistrations(() => services);
            PluginEntry.Calling(Package, "Configure", () => plugin.Configure(registrations));
            string[] unsaid = [.. registrations.Capabilities.Except(Package.Manifest.Capabilities)];
            string[] untrue = [.. Package.Manifest.Capabilities.Except(registrations.Capabilities)];
            if (unsaid.Length + untrue.Length > 0)
            {
                services.Dispose();
                throw new PluginException(Package.Origin,
                    $"the manifest says that it has [{string.Join(", ", Package.Manifest.Capabilities)}]; it registered [{string.Join(", ", registrations.Capabilities)}]. Correct \"capabilities\".");
            }

            lock (_lock)
                (_context, _services, _registrations) = (context, services, registrations);
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    private ServiceProvider Services(IHubPlugin plugin, PluginLoadContext context)
    {
        var collection = new ServiceCollection()
            .AddSingleton(_options.Time)
            .AddSingleton<ILoggerFactory>(new PluginLoggers(_options.Loggers))
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton(_ => new HttpClient())
            .AddSingleton(HubJson.For(plugin.GetType()));
        Debug.Assert(context.IsCollectible, "Only a collectible context can be unloaded.");
        PluginEntry.Calling(Package, "ConfigureServices", () => plugin.ConfigureServices(collection));
        return collection.BuildServiceProvider();
    }

    private void UnloadWhenFree()
    {
        if (!_isRetired || _holders > 0 || _unloaded is not null || _context is null)
            return;
        _unloadedAt = _options.Time.GetTimestamp();
        _unloaded = Forget();
    }

    // Its own method, so that no local of the caller keeps what is let go of.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Forget()
    {
        var (context, services) = (_context!, _services!);
        (_context, _services, _registrations) = (null, null, null);
        try
        {
            services.Dispose();
        }
        catch (Exception broken)
        {
            // The plugin's own clean-up failed: said once, and it is unloaded all the same.
            _options.Loggers.CreateLogger("Hub.Plugins").LogWarning("Plugin {Id} {Version} failed while its services were disposed: {Error}", Id, Version, broken.Message);
        }

        HubJson.Forget(context);
        LibraryCaches.Clear();
        context.Unload();
        return new WeakReference(context);
    }
}
