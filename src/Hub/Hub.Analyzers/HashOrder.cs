using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Hub.Analyzers;

/// <summary>Finds collections whose order is that of a hash table, and uses of them in which the order is seen.</summary>
internal static class HashOrder
{
    private static readonly HashSet<string> s_hashTypes =
    [
        "System.Collections.Generic.Dictionary<TKey, TValue>", "System.Collections.Generic.Dictionary<TKey, TValue>.KeyCollection",
        "System.Collections.Generic.Dictionary<TKey, TValue>.ValueCollection", "System.Collections.Generic.HashSet<T>",
        "System.Collections.Concurrent.ConcurrentDictionary<TKey, TValue>", "System.Collections.Concurrent.ConcurrentBag<T>",
        "System.Collections.Immutable.ImmutableDictionary<TKey, TValue>", "System.Collections.Immutable.ImmutableHashSet<T>",
        "System.Collections.Frozen.FrozenDictionary<TKey, TValue>", "System.Collections.Frozen.FrozenSet<T>", "System.Collections.Hashtable",
    ];

    // The order goes through these and is still there, or gone, after them.
    private static readonly HashSet<string> s_through =
    [
        "Where", "Select", "SelectMany", "Cast", "OfType", "Distinct", "Concat", "Union", "Except", "Intersect", "AsEnumerable",
        "ToList", "ToArray", "Append", "Prepend", "Reverse", "GroupBy",
    ];

    private static readonly HashSet<string> s_blind =
    [
        "Any", "All", "Contains", "Count", "LongCount", "Sum", "Min", "Max", "Average", "Single", "SingleOrDefault", "ToHashSet", "ToDictionary",
        "ToLookup", "OrderBy", "OrderByDescending", "Order", "OrderDescending",
    ];

    /// <summary>The value of <paramref name="operation"/> without its conversions, if it enumerates in hash order; otherwise null.</summary>
    public static IOperation? SourceOf(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        if (operation is IPropertyReferenceOperation { Property.Name: "Keys" or "Values", Instance: { } owner } && IsHashType(owner.Type))
            return operation;
        return IsHashType(operation.Type) ? operation : null;
    }

    /// <summary>True where the order in which <paramref name="query"/> meets its source can be seen in what becomes of it.</summary>
    public static bool IsSeen(IInvocationOperation query)
    {
        while (true)
        {
            if (s_blind.Contains(query.TargetMethod.Name))
                return false;
            if (!s_through.Contains(query.TargetMethod.Name))
                return true;

            var parent = Outward(query);
            if (parent is IInvocationOperation next && IsQuery(next.TargetMethod) && Unwrap(next.Arguments[0].Value) == query)
                query = next;
            else
                return !ForgetsOrder(parent);
        }
    }

    /// <summary>True for the extension methods of <c>System.Linq.Enumerable</c>.</summary>
    public static bool IsQuery(IMethodSymbol method)
        => method.ContainingType?.ToDisplayString() == "System.Linq.Enumerable" && method.Parameters.Length + (method.ReducedFrom is null ? 0 : 1) > 0;

    /// <summary>True for calls other than queries that copy a collection in its order.</summary>
    public static bool IsOrderedCopy(IMethodSymbol method) => (method.ContainingType?.OriginalDefinition.ToDisplayString(), method.Name) switch
    {
        ("string", "Join" or "Concat") => true,
        ("System.Collections.Generic.List<T>", ".ctor" or "AddRange" or "InsertRange") => true,
        ("System.Collections.Generic.Queue<T>" or "System.Collections.Generic.Stack<T>" or "System.Collections.Generic.LinkedList<T>", ".ctor") => true,
        _ => false,
    };

    /// <summary>True where <paramref name="consumer"/> builds something in which the order is lost or made anew.</summary>
    public static bool ForgetsOrder(IOperation? consumer) => consumer switch
    {
        IObjectCreationOperation creation => IsHashType(creation.Type) || IsSorted(creation.Type),
        ICollectionExpressionOperation collection => IsHashType(collection.Type) || IsSorted(collection.Type),
        IInvocationOperation call => IsUnordered(call.TargetMethod),
        _ => false,
    };

    private static bool IsUnordered(IMethodSymbol method) => method.Name is "ToFrozenSet" or "ToFrozenDictionary" or "ToImmutableHashSet"
        or "ToImmutableDictionary" or "ToImmutableSortedSet" or "ToImmutableSortedDictionary" or "UnionWith" or "ExceptWith" or "IntersectWith"
        or "SetEquals" or "IsSubsetOf" or "IsSupersetOf" or "Overlaps";

    private static bool IsSorted(ITypeSymbol? type) => type?.Name is "SortedSet" or "SortedDictionary" or "SortedList" or "ImmutableSortedSet"
        or "ImmutableSortedDictionary";

    private static bool IsHashType(ITypeSymbol? type) => type is not null && s_hashTypes.Contains(type.OriginalDefinition.ToDisplayString());

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }

    private static IOperation? Outward(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation or IArgumentOperation or ISpreadOperation)
            parent = parent.Parent;
        return parent;
    }
}
