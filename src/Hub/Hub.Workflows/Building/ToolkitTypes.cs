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

    /// <summary>Whether the toolkit has such a type.</summary>
    /// <param name="kind">Kind of component.</param>
    /// <param name="name">Name after <c>_type:</c>.</param>
    public static bool Has(ComponentKind kind, string name) => kind switch
    {
        ComponentKind.Model => s_models.Contains(name),
        ComponentKind.ToolGroup => s_groups.Contains(name),
        _ => s_functions.Contains(name),
    };
}
