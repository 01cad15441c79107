using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.TestKit;

/// <summary>What a plugin must keep to. Inherit it: <c>public sealed class WeatherTests : PluginContractTests&lt;WeatherPlugin&gt;;</c></summary>
/// <typeparam name="TPlugin">The plugin.</typeparam>
public abstract class PluginContractTests<TPlugin>
    where TPlugin : IHubPlugin, new()
{
    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(2);

    /// <summary>Options with which a type can be made in a test; null leaves the type out of the tests that make it.</summary>
    /// <param name="type">The type.</param>
    /// <returns>By default its options as they are when a file writes none.</returns>
    protected virtual object? Options(RegisteredType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Activator.CreateInstance(type.Options);
    }

    /// <summary>Adds what the hub and the workflow would supply beside the plugin's own services, such as <see cref="IHubComponents"/>.</summary>
    /// <param name="services">The plugin's container.</param>
    protected virtual void ConfigureServices(IServiceCollection services)
    {
    }

    /// <summary>The plugin is a public class that the hub can find and make.</summary>
    [Fact]
    public void Plugin_Class_IsPublicWithAParameterlessConstructor()
    {
        Assert.True(typeof(TPlugin).IsVisible, $"{typeof(TPlugin)} must be public.");
        Assert.NotNull(typeof(TPlugin).GetConstructor(Type.EmptyTypes));
    }

    /// <summary>Registering is quick, has no state, and says the same each time.</summary>
    [Fact]
    public void Configure_Twice_RegistersTheSameQuickly()
    {
        var watch = Stopwatch.StartNew();
        var first = RecordingRegistry.Of(new TPlugin());
        var plugin = new TPlugin();
        RecordingRegistry.Of(plugin);
        var again = RecordingRegistry.Of(plugin);

        Assert.NotEmpty(first);
        Assert.Equal(first.Select(t => (t.Kind, t.Name, t.Options)), again.Select(t => (t.Kind, t.Name, t.Options)));
        Assert.True(watch.Elapsed < s_quick, $"Configure took {watch.Elapsed.TotalSeconds:0.0} s; it must only register types.");
    }

    /// <summary>Names can stand after <c>_type:</c>, and none is registered twice.</summary>
    [Fact]
    public void Types_Names_CanStandInAFileAndAreUnique()
    {
        var types = RecordingRegistry.Of(new TPlugin());

        Assert.All(types, t => Assert.True(t.Name.Length > 0 && t.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '/'), $"'{t.Name}' is no name for a type: lower-case letters, digits and underscores."));
        Assert.Equal(types.Count, types.DistinctBy(t => (t.Kind, t.Name)).Count());
    }

    /// <summary>Options are a public class whose keys are told apart and whose properties can be set.</summary>
    [Fact]
    public void Options_Classes_CanBeFilledFromAFile()
    {
        foreach (var type in RecordingRegistry.Of(new TPlugin()))
        {
            var properties = type.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0);
            string[] keys = [.. properties.Where(p => p.SetMethod is { IsPublic: true }).Select(p => (p.GetCustomAttribute<ConfigKeyAttribute>()?.Key ?? p.Name).ToUpperInvariant())];
            Assert.True(type.Options.IsVisible || type.Options.Assembly == typeof(TPlugin).Assembly, $"{type}: {type.Options} cannot be reached.");
            Assert.Equal(keys.Length, keys.Distinct().Count());
        }
    }

    /// <summary>Tools tell a model what they are and take an object.</summary>
    [Fact]
    public void Tools_Declarations_HaveNameDescriptionAndObjectSchema()
    {
        foreach (var (type, tool) in Tools())
        {
            Assert.False(string.IsNullOrWhiteSpace(tool.Name), $"{type} makes a tool without a name.");
            Assert.False(string.IsNullOrWhiteSpace(tool.Description), $"{type}: tool '{tool.Name}' has no description; a model chooses by it.");
            Assert.Equal(JsonValueKind.Object, tool.JsonSchema.ValueKind);
        }
    }

    /// <summary>Members of a group are told apart.</summary>
    [Fact]
    public void Groups_Members_HaveDifferentNames()
    {
        foreach (var group in Tools().GroupBy(t => t.Type))
            Assert.Equal(group.Count(), group.DistinctBy(t => t.Tool.Name).Count());
    }

    /// <summary>A factory makes a new component each time, so that two hubs do not share one.</summary>
    [Fact]
    public void Factories_CalledTwice_MakeTwoComponents()
    {
        Each((type, options, services) =>
        {
            var first = type.Create(options, services);
            var second = type.Create(options, services);
            Assert.NotSame(first, second);
            (first as IDisposable)?.Dispose();
            (second as IDisposable)?.Dispose();
        });
    }

    /// <summary>A tool that is told to stop before it begins does not go on as if nothing were said: it stops, fails, or is done at once.</summary>
    [Fact]
    public async Task Tools_AlreadyCancelled_EndSoon()
    {
        foreach (var (type, tool) in Tools())
        {
            using var stop = new CancellationTokenSource();
            await stop.CancelAsync();
            var call = Task.Run(async () => await tool.InvokeAsync(new AIFunctionArguments(), stop.Token), CancellationToken.None);
            var ended = await Task.WhenAny(call, Task.Delay(s_quick, CancellationToken.None));
            Assert.True(ended == call, $"{type}: tool '{tool.Name}' goes on {s_quick.TotalSeconds} s after it was told to stop.");
        }
    }

    private List<(RegisteredType Type, AIFunction Tool)> Tools()
    {
        List<(RegisteredType, AIFunction)> tools = [];
        Each((type, options, services) =>
        {
            if (type.Kind == ComponentKind.Tool)
                tools.Add((type, (AIFunction)type.Create(options, services)));
            else if (type.Kind == ComponentKind.ToolGroup)
                tools.AddRange(((IReadOnlyList<AIFunction>)type.Create(options, services)).Select(t => (type, t)));
        });
        return tools;
    }

    private void Each(Action<RegisteredType, object, IServiceProvider> use)
    {
        var plugin = new TPlugin();
        var collection = new ServiceCollection();
        collection.AddSingleton(TimeProvider.System);
        collection.AddSingleton(HubJson.Options);
        collection.AddSingleton<IHubComponents>(new AnyComponents());
        plugin.ConfigureServices(collection);
        ConfigureServices(collection);
        var services = new Container(collection);
        foreach (var type in RecordingRegistry.Of(plugin))
        {
            if (Options(type) is { } options)
                use(type, options, services);
        }
    }

    /// <summary>Enough of a container for tests: instances, factories, and types whose constructors it can fill.</summary>
    private sealed class Container(IServiceCollection services) : IServiceProvider
    {
        private readonly Dictionary<Type, object?> _made = [];

        public object? GetService(Type serviceType)
        {
            if (_made.TryGetValue(serviceType, out var made))
                return made;
            var found = services.LastOrDefault(s => s.ServiceType == serviceType);
            return _made[serviceType] = found is null ? null
                : found.ImplementationInstance ?? found.ImplementationFactory?.Invoke(this) ?? Make(found.ImplementationType!);
        }

        private object Make(Type type)
        {
            var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
            return constructor.Invoke([.. constructor.GetParameters().Select(p => GetService(p.ParameterType))]);
        }
    }
}
