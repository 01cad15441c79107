namespace Hub.Abstractions;

/// <summary>Somebody who can be asked while a run is under way: a terminal, a web page.</summary>
public interface IPerson
{
    /// <summary>Asks.</summary>
    /// <param name="prompt">The question and the answers to choose from.</param>
    /// <param name="cancellationToken">Signalled when the run stops waiting.</param>
    /// <returns>The answer, or null where nobody is there: the run is then suspended.</returns>
    Task<string?> AskAsync(PersonPrompt prompt, CancellationToken cancellationToken);
}
