using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>The evaluators that every hub has.</summary>
internal static class EvaluatorTypes
{
    /// <summary>Registers them.</summary>
    public static IHubRegistry AddTo(IHubRegistry hub) => hub
        .AddEvaluator<NoOptions>("avg_llm_latency", (_, _) => new StepEvaluator("avg_llm_latency", StepEvaluator.Latency))
        .AddEvaluator<NoOptions>("avg_workflow_runtime", (_, _) => new StepEvaluator("avg_workflow_runtime", StepEvaluator.Runtime))
        .AddEvaluator<NoOptions>("avg_num_llm_calls", (_, _) => new StepEvaluator("avg_num_llm_calls", StepEvaluator.Calls))
        .AddEvaluator<NoOptions>("avg_tokens_per_llm_end", (_, _) => new StepEvaluator("avg_tokens_per_llm_end", StepEvaluator.Tokens))
        .AddEvaluator<TunableRagOptions>("tunable_rag_evaluator", (o, services) => new TunableRagEvaluator(o, Model(services, o), services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System))
        .AddEvaluator<TrajectoryOptions>("trajectory", (o, services) => new TrajectoryEvaluator(Model(services, o)))
        .AddEvaluator<RagasOptions>("ragas", (o, services) => new RagasEvaluator(o, Model(services, o)));

    /// <summary>The judge, made when it is first asked: a key that is not set is then the item's error.</summary>
    private static Func<IChatClient> Model(IServiceProvider services, JudgeOptions options) => () => services.GetService(typeof(IHubComponents)) is IHubComponents components
        ? components.Model(options.Llm.Name)
        : throw new HubException("An evaluator in which a model judges needs the hub's components; register it through a workflow file.");
}
