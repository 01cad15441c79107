using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace Knowledge.Memory;

/// <summary>Finds facts with a model, within a schema: what does not fit the schema goes back to the model with the reason, and is never kept.</summary>
public sealed class ModelExtractor : IMemoryExtractor
{
    private readonly IChatClient _model;
    private readonly int _maxRepairs;

    /// <summary>An extractor.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="maxRepairs">How often a reply that is not facts of the schema is sent back, 0 or more.</param>
    public ModelExtractor(IChatClient model, int maxRepairs = 2)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(maxRepairs);
        (_model, _maxRepairs) = (model, maxRepairs);
    }

    /// <inheritdoc/>
    /// <exception cref="MemoryFormatException">The model's replies are not facts of the schema, repairs included.</exception>
    public async Task<IReadOnlyList<MemoryFact>> ExtractAsync(RecalledTurn turn, ExtractionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(context);
        List<ChatMessage> messages = [new(ChatRole.System, Instructions(context.Schema)), new(ChatRole.User, Asked(turn))];
        for (var repairs = 0; ; repairs++)
        {
            var reply = (await _model.GetResponseAsync(messages, new ChatOptions { Temperature = 0 }, cancellationToken)).Text;
            try
            {
                return FactJson.Parse(Json(reply), context);
            }
            catch (MemoryFormatException mistake) when (repairs < _maxRepairs)
            {
                messages.Add(new ChatMessage(ChatRole.Assistant, reply));
                messages.Add(new ChatMessage(ChatRole.User, $"{mistake.Message} Reply with the corrected JSON array alone."));
            }
        }
    }

    private static string Asked(RecalledTurn turn) => string.Create(CultureInfo.InvariantCulture,
        $"Said on {turn.At:yyyy-MM-dd}{(turn.Speaker is null ? "" : $" by {turn.Speaker}, who is meant by 'I'")}:\n{turn.Text}");

    private static string Instructions(MemorySchema schema)
    {
        var text = new StringBuilder("Find the facts in what is said. Reply with a JSON array alone, empty where there is no fact. Each fact has subject (a name), predicate, object (a name, a number or a text), " +
            "and where they are said: from and to (dates such as 2024-05), confidence (0 to 1), change (ends: it is not so any more since 'to'; retracts: it never was so).\nPredicates:\n");
        foreach (var property in schema.Properties)
            text.Append(CultureInfo.InvariantCulture, $"- {MemorySchema.LocalName(property.Iri)}: {string.Join(", ", property.Words.Concat(property.Begins))}{(property.TakesLiterals ? " (a value)" : "")}{(property.IsFunctional ? " (one at a time)" : "")}\n");
        return text.ToString();
    }

    // Models like to fence what they write.
    private static string Json(string reply)
    {
        var (begin, end) = (reply.IndexOf('['), reply.LastIndexOf(']'));
        return begin >= 0 && end > begin ? reply[begin..(end + 1)] : reply;
    }
}
