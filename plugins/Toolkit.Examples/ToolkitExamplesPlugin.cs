using Hub.Abstractions;

namespace Toolkit.Examples;

/// <summary>Registers the functions of the toolkit's examples.</summary>
public sealed class ToolkitExamplesPlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        Add(hub, "text_processor", (string raw_text) => TextPipeline.Process(raw_text), "Cleans a text and counts its words and sentences.");
        Add(hub, "data_analyzer", (string processed_data) => TextPipeline.Analyze(processed_data), "Judges how complex a processed text is and finds its most frequent words.");
        Add(hub, "report_generator", (string analysis_data) => TextPipeline.Report(analysis_data), "Writes a report of an analysed text.");
        Add(hub, "mock_fruit_advisor", (string input) => Advisors.Fruit(input), "Recommends a fruit by its color.");
        Add(hub, "mock_city_advisor", (string input) => Advisors.City(input), "Recommends a city of a country.");
        Add(hub, "mock_literature_advisor", (string input) => Advisors.Literature(input), "Recommends a work of an author.");
        Add(hub, "mock_input_validator", (string text) => Converters.Validate(text), "Checks a text and marks it as checked.");
        Add(hub, "mock_uppercase_converter", (string text) => text.ToUpperInvariant(), "Turns a text into capital letters.");
        Add(hub, "mock_lowercase_converter", (string text) => text.ToLowerInvariant(), "Turns a text into small letters.");
        Add(hub, "mock_result_formatter", (string text) => Converters.Format(text), "Puts a frame around a result.");
        Add(hub, "calculator_multiply", (string text) => TextCalculator.Multiply(text), "Multiplies the two numbers of a text.");
        Add(hub, "calculator_divide", (string text) => TextCalculator.Divide(text), "Divides the first number of a text by the second.");
        Add(hub, "calculator_subtract", (string text) => TextCalculator.Subtract(text), "Subtracts the second number of a text from the first.");
        Add(hub, "calculator_inequality", (string text) => TextCalculator.Compare(text), "Compares the two numbers of a text.");
        hub.AddReasoner<ApprovalOptions>("hitl_approval_tool", (options, _) => new Approval(options))
            .AddReasoner<NoOptions>("time_zone_prompt", (_, _) => new TimeZonePrompt())
            .AddReasoner<RetryReActOptions>("retry_react_agent", (options, _) => new RetryReAct(options))
            .AddReasoner<PowerOfTwoOptions>("power_of_two", (options, _) => new PowerOfTwo(options))
            .AddReasoner<EmailPhishingOptions>("email_phishing_analyzer", (options, _) => new EmailPhishing(options))
            .AddToolGroup<NoOptions>("logic_evaluator", (_, _) => LogicEvaluator.Create())
            .AddToolGroup<RetailOptions>("retail_tools", (options, _) => new RetailTools(RetailData.Load(options.DataDir)).Create())
            .AddToolGroup<UserReportOptions>("user_report", (options, services) => UserReports.Create(options, ((IHubComponents)services.GetService(typeof(IHubComponents))!).ObjectStore(options.ObjectStore.Name)));
    }

    // Pure functions of their argument: a resume may call them again.
    private static void Add(IHubRegistry hub, string type, Delegate method, string description) =>
        hub.AddTool<NoOptions>(type, (_, _) => HubTool.Create(method, type, Redo.Freely, description));
}
