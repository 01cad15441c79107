using Hub.Abstractions;
using Hub.Core;
using Hub.Core.Plugins;
using Hub.Workflows;
using Hub.Workflows.Building;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Hosting;

/// <summary>A workflow's components, built anew when plugins change. A run keeps those that it began with; the last run of a set disposes it.</summary>
/// <remarks>Thread safety: all members.</remarks>
internal sealed class WorkflowSource : IComponentSource
{
    private readonly Lock _lock = new();
    private readonly WorkflowDocument _document;
    private readonly WorkflowOptions _options;
    private readonly ServiceProvider _services;
    private readonly PluginHost? _plugins;
    private Generation _current;
    private bool _isStale;

    /// <param name="document">The workflow file.</param>
    /// <param name="options">A model in place of all others.</param>
    /// <param name="services">Disposed with the source.</param>
    /// <param name="plugins">Plugins whose types the workflow may name; stays the caller's.</param>
    /// <exception cref="WorkflowException">The file has mistakes.</exception>
    public WorkflowSource(WorkflowDocument document, WorkflowOptions options, ServiceProvider services, PluginHost? plugins)
    {
        (_document, _options, _services, _plugins) = (document, options, services, plugins);
        if (plugins is not null)
            plugins.Changed += Stale;
        _current = Build(plugins?.Current());
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Hub.Workflow");
        foreach (var warning in _current.Workflow.Warnings)
            log.LogWarning("{Warning}", warning);
    }

    public IReadOnlyList<string> Reasoners
    {
        get
        {
            lock (_lock)
                return _current.Workflow.Reasoners;
        }
    }

    /// <summary>The file as it was understood first; secrets as references.</summary>
    public System.Text.Json.JsonElement Configuration => _current.Workflow.EffectiveConfiguration;

    public ComponentLease Acquire(IReadOnlyDictionary<string, string>? plugins)
    {
        lock (_lock)
        {
            if (_isStale)
            {
                // Built before the old one is let go: where the workflow cannot be built without a removed plugin, its runs keep what they have.
                var next = Build(_plugins!.Current());
                _isStale = false;
                _current.Retire();
                _current = next;
            }

            if (plugins is null || Same(plugins, _current.Versions))
                return _current.Lease();
        }

        var pinned = Build(_plugins?.Pinned(plugins) ?? (plugins.Count == 0 ? null : throw Missing(plugins)));
        var lease = pinned.Lease();
        pinned.Retire();
        return lease;
    }

    public void Dispose()
    {
        if (_plugins is not null)
            _plugins.Changed -= Stale;
        lock (_lock)
            _current.Retire();
        _services.Dispose();
    }

    private static bool Same(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b) => a.Count == b.Count && a.All(v => b.GetValueOrDefault(v.Key) == v.Value);

    private static PluginVersionMissingException Missing(IReadOnlyDictionary<string, string> plugins)
    {
        var (id, version) = plugins.First();
        return new PluginVersionMissingException(id, version, []);
    }

    private void Stale()
    {
        lock (_lock)
            _isStale = true;
    }

    private Generation Build(PluginSet? plugins)
    {
        try
        {
            var registry = HubHost.Registry();
            plugins?.Configure(registry);
            return new Generation(Workflow.Build(_document, registry, _services, _options), plugins);
        }
        catch
        {
            plugins?.Dispose();
            throw;
        }
    }

    /// <summary>Components over one set of plugin versions.</summary>
    private sealed class Generation(Workflow workflow, PluginSet? plugins)
    {
        private static readonly Dictionary<string, string> s_none = [];
        private readonly Lock _lock = new();
        private int _holders = 1; // the source itself

        public Workflow Workflow { get; } = workflow;

        public IReadOnlyDictionary<string, string> Versions { get; } = plugins?.Versions ?? s_none;

        public ComponentLease Lease()
        {
            lock (_lock)
                _holders++;
            return new ComponentLease(Workflow.Components, Versions, Release);
        }

        public void Retire() => Release();

        private void Release()
        {
            lock (_lock)
            {
                if (--_holders > 0)
                    return;
            }

            Workflow.Components.Dispose();
            plugins?.Dispose();
        }
    }
}
