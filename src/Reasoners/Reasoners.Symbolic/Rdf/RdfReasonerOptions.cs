using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Reasoners.Symbolic;

/// <summary>Options of <see cref="RdfReasoner"/>, <c>_type: rdf_reasoner</c>.</summary>
public sealed class RdfReasonerOptions : IValidatableObject
{
    /// <summary>Folder of a store of facts, as <c>hub kg load</c> makes it; null for none. It is not changed, and no other process can use it meanwhile.</summary>
    public string? Store { get; set; }

    /// <summary>Files of facts, beside those of the store; their names tell the format. None where each question brings its own.</summary>
    public IReadOnlyList<string> Data { get; set; } = [];

    /// <summary>A file of rules in Jena's text format; null for none.</summary>
    public string? Rules { get; set; }

    /// <summary>Model that turns questions in words into queries; null where questions are goals or queries already.</summary>
    [ConfigKey("llm_name")]
    public ModelRef? Llm { get; set; }

    /// <summary>What the reasoner is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "Answers a goal or a question from facts and rules, with proofs.";

    /// <summary>How often a query that cannot be parsed is sent back to the model with the parser's words.</summary>
    /// <value>The default is 3.</value>
    [Range(0, 100)]
    public int MaxRepairs { get; set; } = 3;

    /// <summary>Most rows of an answer.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 10_000)]
    public int MaxRows { get; set; } = 50;

    /// <summary>Most proofs of an answer.</summary>
    /// <value>The default is 5.</value>
    [Range(0, 1_000)]
    public int MaxProofs { get; set; } = 5;

    /// <summary>Longest time that a query takes, in seconds.</summary>
    /// <value>The default is 30.</value>
    [Range(0.001, 3_600)]
    public double MaxSeconds { get; set; } = 30;

    /// <summary>Says what is wrong.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Data.Count; i++)
            if (string.IsNullOrWhiteSpace(Data[i]))
                yield return new ValidationResult(FormattableString.Invariant($"data[{i}] is empty; it must name a file of facts."), [nameof(Data)]);
    }
}
