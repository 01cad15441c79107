using Backends.Abstractions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>Models by the names that clients use, for what only models can do: completion, tokens, vectors.</summary>
internal sealed class ServedModels(IHub hub, ServedFunctions functions)
{
    public IHub Hub => hub;

    /// <summary>Names that clients may use, and what they stand for.</summary>
    public IEnumerable<(string Id, string OwnedBy)> Listed => functions.Models.Select(m => (m.Id, m.OwnedBy));

    /// <summary>The function behind a model's name.</summary>
    /// <exception cref="RequestException">There is none of that name.</exception>
    public string Function(string? model) => functions.Reasoner(model) ?? throw Unknown(model!);

    /// <summary>The function of a model that completes texts.</summary>
    /// <exception cref="RequestException">It is no model, or cannot.</exception>
    public async Task<string> CompletingAsync(string? model)
    {
        var function = Function(model);
        var can = IsModel(function) && await hub.UseAsync(c => Task.FromResult(Client(c, function).GetService(typeof(CompletionSupport)) is not null));
        return can ? function : throw await RefusedAsync(model, "completes no texts", client => client.GetService(typeof(CompletionSupport)) is not null);
    }

    /// <summary>Whether a function is a model by itself.</summary>
    public static bool IsModel(string function) => function.StartsWith(HubFunction.ModelPrefix, StringComparison.Ordinal);

    /// <summary>Asks the tokenizer of a model; of the first model that has one where no model is named.</summary>
    /// <exception cref="RequestException">There is no such model, or its tokenizer is not known here.</exception>
    public async Task<T> WithTokenizerAsync<T>(string? model, Func<ITextTokenizer, T> ask)
    {
        string?[] names = string.IsNullOrEmpty(model) ? [.. Names()] : [Function(model)];
        var (found, answer) = await hub.UseAsync(components =>
        {
            var tokenizer = names.Where(n => IsModel(n!)).Select(n => Client(components, n!).GetService(typeof(ITextTokenizer)) as ITextTokenizer).FirstOrDefault(t => t is not null);
            return Task.FromResult(tokenizer is null ? (false, default(T)) : (true, ask(tokenizer)));
        });
        return found ? answer! : throw await RefusedAsync(model, "has no tokenizer that is known here", client => client.GetService(typeof(ITextTokenizer)) is not null);
    }

    /// <summary>The run answered; otherwise the error that a client is told: what a model refuses is the client's mistake.</summary>
    /// <exception cref="RunFailedException">It did not answer.</exception>
    /// <exception cref="RequestException">The model refused the request.</exception>
    public static RunResult OrThrow(RunResult result, string function) =>
        IsModel(function) && result is { Status: RunStatus.Failed, Failure: { Type: nameof(ArgumentException) or nameof(ArgumentOutOfRangeException) or nameof(NotSupportedException) } refused }
            ? throw new RequestException(StatusCodes.Status400BadRequest, refused.Message, code: "unsupported_value")
            : result.OrThrow();

    /// <summary>A model out of components.</summary>
    public static IChatClient Client(IHubComponents components, string function) => components.Model(function[HubFunction.ModelPrefix.Length..]);

    /// <summary>Says what a model lacks, and which models have it.</summary>
    public async Task<RequestException> RefusedAsync(string? model, string lacks, Func<IChatClient, bool> has)
    {
        string[] able = [.. await hub.UseAsync(components => Task.FromResult(Names().Where(n => has(Client(components, n))).ToArray()))];
        var cure = able.Length > 0 ? $"{string.Join(", ", able.Select(a => a[HubFunction.ModelPrefix.Length..]))} can." : "No model of this workflow can.";
        var what = string.IsNullOrEmpty(model) ? "The workflow" : $"'{model}'";
        return new RequestException(StatusCodes.Status400BadRequest, $"{what} {lacks}. {cure}", "model", "unsupported_model");
    }

    private IEnumerable<string> Names() => functions.All.Where(f => f.Kind == HubFunctionKind.Model).Select(f => f.Name);

    private RequestException Unknown(string model) => new(
        StatusCodes.Status400BadRequest, new UnknownNameException("model", model, functions.Models.Select(m => m.Id)).Message, "model", "model_not_found");
}
