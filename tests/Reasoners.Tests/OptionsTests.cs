using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.ReWoo;
using Reasoners.ToolCalling;

namespace Reasoners.Tests;

/// <summary>Keys, aliases and defaults of workflow files.</summary>
public sealed class OptionsTests
{
    private const string Shared = "workflow_alias=null verbose=False log_response_max_chars=1000 max_history=15 ";

    [Theory]
    [InlineData(typeof(ReActOptions), Shared +
        "retry_agent_response_parsing_errors|retry_parsing_errors=True parse_agent_response_max_retries|max_retries=1 tool_call_max_retries=1 " +
        "max_tool_calls|max_iterations=15 pass_tool_call_errors_to_agent=True raise_on_parsing_failure=True " +
        "include_tool_input_schema_in_tool_description=True normalize_tool_input_quotes=True use_native_tool_calling=False system_prompt=null " +
        "additional_instructions=null grammar=Tolerant")]
    [InlineData(typeof(ReWooOptions), Shared +
        "include_tool_input_schema_in_tool_description=True planner_prompt=null solver_prompt=null tool_call_max_retries=3 " +
        "additional_planner_instructions|additional_instructions=null additional_solver_instructions=null raise_tool_call_error=True " +
        "planner_max_retries=3 max_parallel_tool_calls=8")]
    [InlineData(typeof(ToolCallingOptions), Shared +
        "handle_tool_errors=True max_iterations|max_tool_calls=15 max_empty_response_retries=0 system_prompt=null additional_instructions=null " +
        "return_direct=null max_parallel_tool_calls=8")]
    [InlineData(typeof(TruncationRetryOptions), "max_retries=0 token_increment=null token_scaling=null")]
    public void Options_KeysAndDefaults_AreTheToolkits(Type type, string expected)
    {
        string[] elsewhere = ["llm_name", "tool_names", "description", "truncation_retry"];
        var found = type.GetProperties().Select(p => (Key: Key(p), Value: p.GetValue(Activator.CreateInstance(type))))
            .Where(p => !elsewhere.Contains(p.Key)).Select(p => $"{p.Key}={Convert.ToString(p.Value ?? "null", CultureInfo.InvariantCulture)}");
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(ReActOptions), "ReAct Agent Workflow")]
    [InlineData(typeof(ReWooOptions), "ReWOO Agent Workflow")]
    [InlineData(typeof(ToolCallingOptions), "Tool Calling Agent Workflow")]
    public void Options_Description_IsTheToolkits(Type type, string description) =>
        Assert.Equal(description, ((AgentOptions)Activator.CreateInstance(type)!).Description);

    [Fact]
    public void Configure_Plugin_RegistersEveryReasonerByTheToolkitsName()
    {
        var registry = new RememberingRegistry();
        new ReasonersPlugin().Configure(registry);
        Assert.Equal(
            [
                "react_agent:ReActReasoner", "per_user_react_agent:ReActReasoner", "rewoo_agent:ReWooReasoner", "tool_calling_agent:ToolCallingReasoner", "sequential_executor:SequentialReasoner",
                "parallel_executor:ParallelReasoner", "router_agent:RouterReasoner", "reasoning_agent:ReasoningAgentReasoner", "auto_memory_agent:AutoMemoryReasoner",
            ],
            registry.Types);
    }

    private static string Key(PropertyInfo property) => property.GetCustomAttribute<ConfigKeyAttribute>() is { } key
        ? string.Join('|', key.Aliases.Prepend(key.Key))
        : JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private sealed class RememberingRegistry : IHubRegistry
    {
        public List<string> Types { get; } = [];

        public IHubRegistry Add<TOptions>(ComponentKind kind, string type, Func<TOptions, IServiceProvider, object> create)
            where TOptions : class, new()
        {
            Assert.Equal(ComponentKind.Reasoner, kind);
            var options = new TOptions();
            typeof(TOptions).GetProperty("Llm")?.SetValue(options, (ModelRef)"m");
            typeof(TOptions).GetProperty("Tools")?.SetValue(options, (ToolRef[])["t"]);
            typeof(TOptions).GetProperty("Branches")?.SetValue(options, (ToolRef[])["t"]);
            typeof(TOptions).GetProperty("Augmented")?.SetValue(options, (ToolRef)"t");
            typeof(TOptions).GetProperty("Inner")?.SetValue(options, (ToolRef)"t");
            Types.Add($"{type}:{create(options, new NoServices()).GetType().Name}");
            return this;
        }

        private sealed class NoServices : IServiceProvider
        {
            public object? GetService(Type serviceType) => null;
        }
    }
}
