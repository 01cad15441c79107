using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Hub.Analyzers;

/// <summary>Tells code that is run again on resume from the bodies of effects, which are not.</summary>
/// <remarks>
/// Run code is: members of a type that implements <c>IReasoner</c> or whose constructor takes an <c>IRun</c>, and every
/// method, local function or lambda with a parameter of type <c>IRun</c>. Inside it, what is handed to an effect
/// (<c>OnceAsync</c>, <c>RolloutsAsync</c>, <c>new Effect</c>) or takes an <c>EffectContext</c> is not run code:
/// the log remembers its outcome. The innermost decision holds.
/// </remarks>
internal sealed class RunCode
{
    private readonly INamedTypeSymbol _run;
    private readonly INamedTypeSymbol? _reasoner;
    private readonly INamedTypeSymbol? _effectContext;
    private readonly INamedTypeSymbol? _toolContext;
    private readonly INamedTypeSymbol? _effect;

    private RunCode(Compilation compilation, INamedTypeSymbol run)
    {
        _run = run;
        _reasoner = compilation.GetTypeByMetadataName("Hub.Abstractions.IReasoner");
        _effectContext = compilation.GetTypeByMetadataName("Hub.Abstractions.EffectContext");
        _toolContext = compilation.GetTypeByMetadataName("Hub.Abstractions.ToolCallContext");
        _effect = compilation.GetTypeByMetadataName("Hub.Abstractions.Effect`2");
    }

    /// <summary>The test for one compilation, or null where it does not know runs.</summary>
    public static RunCode? For(Compilation compilation)
        => compilation.GetTypeByMetadataName("Hub.Abstractions.IRun") is { } run ? new RunCode(compilation, run) : null;

    /// <summary>True where <paramref name="operation"/> is executed again on resume.</summary>
    /// <param name="operation">Any operation of a body or initializer.</param>
    /// <param name="container">The member that it stands in.</param>
    public bool Contains(IOperation operation, ISymbol container)
    {
        for (var at = operation; at is not null; at = at.Parent)
        {
            var decided = at switch
            {
                IAnonymousFunctionOperation lambda => Decide(lambda.Symbol) ?? (IsHandedToEffect(lambda) ? false : null),
                ILocalFunctionOperation local => Decide(local.Symbol),
                _ => null,
            };
            if (decided is { } isRunCode)
                return isRunCode;
        }

        return (container is IMethodSymbol method ? Decide(method) : null) ?? IsRunType(container.ContainingType);
    }

    private bool? Decide(IMethodSymbol method)
    {
        if (method.Parameters.Any(p => Is(p.Type, _effectContext) || Is(p.Type, _toolContext)))
            return false;
        return method.Parameters.Any(p => Is(p.Type, _run)) ? true : null;
    }

    private bool IsHandedToEffect(IAnonymousFunctionOperation lambda)
    {
        IOperation? at = lambda.Parent;
        while (at is IDelegateCreationOperation or IConversionOperation or IArgumentOperation or IParenthesizedOperation)
            at = at.Parent;
        return at switch
        {
            IObjectCreationOperation creation => Is(creation.Type?.OriginalDefinition, _effect),
            IInvocationOperation call => call.TargetMethod.Name is "OnceAsync" or "RolloutsAsync"
                && call.TargetMethod.ContainingNamespace?.ToDisplayString() == "Hub.Abstractions",
            _ => false,
        };
    }

    private bool IsRunType(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.AllInterfaces.Any(i => Is(i, _reasoner)))
                return true;
            if (type.InstanceConstructors.Any(c => c.Parameters.Any(p => Is(p.Type, _run))))
                return true;
        }

        return false;
    }

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? expected) => expected is not null && SymbolEqualityComparer.Default.Equals(type, expected);
}
