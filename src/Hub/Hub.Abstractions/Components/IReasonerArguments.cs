using System.Text.Json;

namespace Hub.Abstractions;

/// <summary>Options of a reasoner that takes arguments in place of a question: what it is asked is then a JSON object of these.</summary>
public interface IReasonerArguments
{
    /// <summary>JSON schema of the arguments: an object without a property <c>input_message</c>.</summary>
    JsonElement Arguments { get; }
}
