using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Hub.Analyzers;

/// <summary>Flags what a reasoner does past its run: clocks, chance, files, network, waiting, threads, environment, hash order.</summary>
/// <remarks>
/// A resumed run executes its code again and answers finished effects from the log; what is not repeatable between
/// two effects makes the resumed run ask for something else and stop with <c>ReplayMismatchException</c>.
/// Limits: a delegate stored in a field or passed as a method group is judged by the type that it stands in.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RunUseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        RunDiagnostics.Clock, RunDiagnostics.Chance, RunDiagnostics.Files, RunDiagnostics.Network,
        RunDiagnostics.Waiting, RunDiagnostics.SideBySide, RunDiagnostics.Environment, RunDiagnostics.HashOrder,
    ];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (RunCode.For(start.Compilation) is not { } runCode)
                return;
            start.RegisterOperationAction(c => CheckMember(c, runCode),
                OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.ObjectCreation, OperationKind.MethodReference);
            start.RegisterOperationAction(c => CheckLoop(c, runCode), OperationKind.Loop);
            start.RegisterOperationAction(c => CheckSpread(c, runCode), OperationKind.Spread);
        });
    }

    private static void CheckMember(OperationAnalysisContext context, RunCode runCode)
    {
        ISymbol? member = context.Operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IPropertyReferenceOperation property => property.Property,
            IObjectCreationOperation creation => creation.Constructor,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        };
        if (member is null)
            return;
        if (PastTheRun.RuleFor(member) is { } rule)
            Report(context, runCode, rule, context.Operation, Name(member));
        else
            CheckCopy(context, runCode, member as IMethodSymbol);
    }

    private static void CheckCopy(OperationAnalysisContext context, RunCode runCode, IMethodSymbol? method)
    {
        var arguments = context.Operation switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => [],
        };
        if (method is null || arguments.Length == 0)
            return;

        if (context.Operation is IInvocationOperation query && HashOrder.IsQuery(method))
        {
            if (HashOrder.SourceOf(arguments[0].Value) is { } source && HashOrder.IsSeen(query))
                Report(context, runCode, RunDiagnostics.HashOrder, source, source.Syntax.ToString());
        }
        else if (HashOrder.IsOrderedCopy(method))
        {
            foreach (var source in arguments.Select(a => HashOrder.SourceOf(a.Value)).OfType<IOperation>())
                Report(context, runCode, RunDiagnostics.HashOrder, source, source.Syntax.ToString());
        }
    }

    private static void CheckLoop(OperationAnalysisContext context, RunCode runCode)
    {
        if (context.Operation is IForEachLoopOperation loop && HashOrder.SourceOf(loop.Collection) is { } source)
            Report(context, runCode, RunDiagnostics.HashOrder, source, source.Syntax.ToString());
    }

    private static void CheckSpread(OperationAnalysisContext context, RunCode runCode)
    {
        if (context.Operation is ISpreadOperation spread && HashOrder.SourceOf(spread.Operand) is { } source && !HashOrder.ForgetsOrder(spread.Parent))
            Report(context, runCode, RunDiagnostics.HashOrder, source, source.Syntax.ToString());
    }

    private static void Report(OperationAnalysisContext context, RunCode runCode, DiagnosticDescriptor rule, IOperation where, string name)
    {
        if (runCode.Contains(context.Operation, context.ContainingSymbol))
            context.ReportDiagnostic(Diagnostic.Create(rule, where.Syntax.GetLocation(), name));
    }

    private static string Name(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor }
        ? "new " + member.ContainingType.Name
        : member.ContainingType.Name + "." + member.Name;
}
