using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>A question to a person in the toolkit's form: free text, or a choice among buttons.</summary>
internal sealed record HumanPrompt(string InputType, string Text)
{
    private const string Gone = "This prompt is no longer available.";

    public int? Timeout { get; init; }

    public string Error { get; init; } = Gone;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Placeholder { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Required { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HumanOption>? Options { get; init; }

    /// <summary>An address to open, where somebody is to authorize something.</summary>
    public static HumanPrompt Consent(string url) => new("oauth_consent", url);

    /// <summary>The form of a question: text where anything may be said, two buttons for two answers, a list for more.</summary>
    public static HumanPrompt Of(PendingInteraction pending) => pending.Options.Count switch
    {
        0 => new HumanPrompt("text", pending.Text) { Placeholder = "", Required = true },
        2 => new HumanPrompt("binary_choice", pending.Text) { Options = [.. pending.Options.Select(HumanOption.Of)], Required = true },
        _ => new HumanPrompt("radio", pending.Text) { Options = [.. pending.Options.Select(HumanOption.Of)], Required = true },
    };
}

/// <summary>One of the answers to choose from.</summary>
internal sealed record HumanOption(string Id, string Label, string Value)
{
    public static HumanOption Of(string option) => new(option, option, option);
}

/// <summary>Reads a person's answer in the toolkit's form.</summary>
internal static class HumanAnswer
{
    /// <summary>The text, the value of the option, or of several with commas between; null where there is none of them.</summary>
    public static string? Read(JsonElement response)
    {
        var body = new BodyReader(response);
        if (body.Find("text") is { ValueKind: JsonValueKind.String } text)
            return text.GetString();
        return body.Find("selected_options") is { ValueKind: JsonValueKind.Array } several
            ? string.Join(", ", several.EnumerateArray().Select(Option).Where(o => o is not null))
            : body.Find("selected_option") is { } one ? Option(one) : null;
    }

    private static string? Option(JsonElement option) => option.ValueKind switch
    {
        JsonValueKind.String => option.GetString(),
        JsonValueKind.Object => new BodyReader(option).Text("value") ?? new BodyReader(option).Text("id"),
        _ => null,
    };
}
