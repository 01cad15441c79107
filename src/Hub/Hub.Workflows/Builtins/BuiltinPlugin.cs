using Hub.Abstractions;
using Hub.Workflows.Builtins.Evaluation;
using Hub.Workflows.Builtins.Memory;
using Hub.Workflows.Builtins.Middleware;
using Hub.Workflows.Builtins.Objects;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Workflows.Builtins;

/// <summary>The tools and reasoners that every hub has.</summary>
public sealed class BuiltinPlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddToolGroup<NoOptions>("calculator", (_, _) => CalculatorGroup.Create())
            .AddToolGroup<AddedToolsOptions>("added_tools", (_, _) => new List<Microsoft.Extensions.AI.AIFunction>())
            .AddTool<NoOptions>("current_datetime", (_, services) => ClockTool.DateTime(Time(services)))
            .AddTool<NoOptions>("current_timezone", (_, _) => ClockTool.TimeZone())
            .AddTool<NoOptions>("current_request_attributes", (_, _) => RequestAttributesTool.Create())
            .AddTool<TableOptions>("table_lookup", (o, _) => TableTool.Create(o))
            .AddReasoner<ChatCompletionOptions>("chat_completion", (o, _) => new ChatCompletionReasoner(o))
            .AddReasoner<CodeGenerationOptions>("code_generation", (o, _) => new CodeGenerationReasoner(o));
        hub.AddMemory<InProcessMemoryOptions>("in_process_memory", (o, _) => new InProcessMemory(o))
            .AddTool<MemoryToolOptions>("add_memory", (o, services) => MemoryTools.Add(Of(services).Memory(o.Memory.Name), o.Description))
            .AddTool<MemoryToolOptions>("get_memory", (o, services) => MemoryTools.Get(Of(services).Memory(o.Memory.Name), o.Description))
            .AddTool<MemoryToolOptions>("delete_memory", (o, services) => MemoryTools.Delete(Of(services).Memory(o.Memory.Name), o.Description))
            .AddObjectStore<InMemoryObjectStoreOptions>("in_memory", (o, _) => new InMemoryObjectStore(o));
        hub.AddMiddleware<CacheOptions>("cache", (o, services) => new CacheMiddleware(o, (services.GetService(typeof(HubPurpose)) as HubPurpose)?.IsEvaluation ?? false))
            .AddMiddleware<TimeoutOptions>("timeout", (o, services) => new TimeoutMiddleware(o, Time(services)))
            .AddMiddleware<LoggingOptions>("logging_middleware", (o, services) => new LoggingMiddleware(o, Log(services)));
        EvaluatorTypes.AddTo(hub);
    }

    private static IHubComponents Of(IServiceProvider services) => services.GetService(typeof(IHubComponents)) as IHubComponents
        ?? throw new HubException("A memory tool needs the hub's components; register it through a workflow file or a hub builder.");

    private static TimeProvider Time(IServiceProvider services) => services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;

    private static ILogger Log(IServiceProvider services) => (services.GetService(typeof(ILoggerFactory)) as ILoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Hub.Middleware");
}
