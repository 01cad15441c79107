using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>Types that the toolkit ships and this hub may not have: known names are told apart from misspelt ones.</summary>
/// <remarks>Source: the registrations of NeMo Agent Toolkit 1.8 and AIQToolkit 1.1.</remarks>
internal static class ToolkitTypes
{
    private static readonly HashSet<string> s_models =
    [
        "nim", "openai", "azure_openai", "aws_bedrock", "litellm", "huggingface", "huggingface_inference", "oci", "dynamo", "nat_test_llm",
    ];

    private static readonly HashSet<string> s_groups =
    [
        "mcp_client", "per_user_mcp_client", "a2a_client", "github", "nat_rag", "a365_mcp_tooling", "tavily",
    ];

    private static readonly HashSet<string> s_functions =
    [
        "react_agent", "per_user_react_agent", "rewoo_agent", "tool_calling_agent", "reasoning_agent", "responses_api_agent", "router_agent", "auto_memory_agent",
        "sequential_executor", "parallel_executor", "chat_completion",
        "execute_score_select_function", "plan_select_execute_function", "multi_llm_judge_function", "ttc_tool_orchestration", "ttc_tool_wrapper",
        "current_datetime", "current_timezone", "current_request_attributes", "code_execution", "code_generation", "wiki_search", "exa_internet_search", "serp_api_tool", "nat_retriever", "nvidia_rag",
        "milvus_document_search", "github_files_tool", "langgraph_wrapper", "add_memory", "get_memory", "delete_memory", "prompt_init", "prompt_recombiner", "tavily_internet_search",
        "mcp_tool_wrapper", "aiq_retriever", "webpage_query",
    ];

    private static readonly HashSet<string> s_embedders = ["nim", "openai", "azure_openai", "huggingface"];

    private static readonly HashSet<string> s_memories = ["mem0_memory", "zep_memory", "memmachine_memory", "redis_memory", "nat.plugins.zep_cloud/zep_memory"];

    private static readonly HashSet<string> s_stores = ["in_memory", "s3", "mysql", "redis"];

    private static readonly HashSet<string> s_middleware =
    [
        "cache", "dynamic_middleware", "logging_middleware", "timeout", "red_teaming", "guardrails", "content_safety_guard", "output_verifier", "pii_defense", "pre_tool_verifier", "hitl",
    ];

    private static readonly HashSet<string> s_authentications = ["api_key", "http_basic", "oauth2_auth_code_flow", "oauth2_resource_server", "mcp_oauth2", "mcp_service_account"];

    private static readonly HashSet<string> s_evaluators =
    [
        "ragas", "trajectory", "tunable_rag_evaluator", "langsmith", "langsmith_custom", "langsmith_judge", "red_teaming_evaluator",
        "avg_llm_latency", "avg_num_llm_calls", "avg_tokens_per_llm_end", "avg_workflow_runtime", "swe_bench",
    ];

    /// <summary>Whether the toolkit has such a type.</summary>
    /// <param name="kind">Kind of component.</param>
    /// <param name="name">Name after <c>_type:</c>.</param>
    public static bool Has(ComponentKind kind, string name) => kind switch
    {
        ComponentKind.Model => s_models.Contains(name),
        ComponentKind.ToolGroup => s_groups.Contains(name),
        ComponentKind.Embedder => s_embedders.Contains(name),
        ComponentKind.Memory => s_memories.Contains(name),
        ComponentKind.ObjectStore => s_stores.Contains(name),
        ComponentKind.Middleware => s_middleware.Contains(name),
        ComponentKind.Authentication => s_authentications.Contains(name),
        ComponentKind.Evaluator => s_evaluators.Contains(name),
        _ => s_functions.Contains(name),
    };
}
