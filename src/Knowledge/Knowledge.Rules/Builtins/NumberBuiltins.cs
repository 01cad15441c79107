namespace Knowledge.Rules;

/// <summary>Builtins that compare and compute.</summary>
internal static class NumberBuiltins
{
    /// <summary>All of them.</summary>
    public static readonly Builtin[] All =
    [
        new("equal", 2, 2, BuiltinUse.Body) { Body = IsEqual },
        new("notEqual", 2, 2, BuiltinUse.Body) { Body = call => !IsEqual(call) },
        Order("lessThan", order => order < 0),
        Order("greaterThan", order => order > 0),
        Order("le", order => order <= 0),
        Order("ge", order => order >= 0),
        Arithmetic("sum", (a, b) => a + b, (a, b) => a + b),
        Arithmetic("difference", (a, b) => a - b, (a, b) => a - b),
        Arithmetic("product", (a, b) => a * b, (a, b) => a * b),
        Arithmetic("quotient", (a, b) => a / b, (a, b) => a / b),
        new("addOne", 2, 2, BuiltinUse.Body) { Body = AddOne, Binds = true },
        Choice("min", order => order <= 0),
        Choice("max", order => order > 0),
    ];

    private static bool IsEqual(BuiltinCall call)
    {
        if (!call.IsBound(0) || !call.IsBound(1))
            return false;
        if (call[0] == call[1])
            return true;
        Term a = call.Term(0)!, b = call.Term(1)!;
        return LiteralValue.Compare(a, b) is { } order ? order == 0 : LiteralValue.IsSame(a, b);
    }

    private static Builtin Order(string name, Func<int, bool> holds) => new(name, 2, 2, BuiltinUse.Body)
    {
        Body = call => LiteralValue.Compare(call.Term(0), call.Term(1)) is { } order && holds(order),
    };

    /// <summary>With a float or a double in doubles, else in longs: what stands behind the point of a decimal is cut off first.</summary>
    private static Builtin Arithmetic(string name, Func<long, long, long> whole, Func<double, double, double> floating) => new(name, 3, 3, BuiltinUse.Body)
    {
        Binds = true,
        Body = call =>
        {
            if (!Number.TryOf(call.Term(0), out var a) || !Number.TryOf(call.Term(1), out var b))
                return false;
            if (a.IsFloating || b.IsFloating)
                return call.Bind(2, LiteralValue.Double(floating(a.AsDouble, b.AsDouble)));
            try
            {
                return call.Bind(2, LiteralValue.Integer(whole(a.AsLong, b.AsLong)));
            }
            catch (ArithmeticException failure)
            {
                throw call.Error(failure.Message, failure);
            }
        },
    };

    private static bool AddOne(BuiltinCall call)
    {
        if (Number.TryOf(call.Term(0), out var one))
            return call.Bind(1, LiteralValue.Integer((int)one.AsLong + 1L));
        return !call.IsBound(0) && Number.TryOf(call.Term(1), out var two) && call.Bind(0, LiteralValue.Integer((int)two.AsLong - 1L));
    }

    /// <summary>Binds the node of the number, not a number made anew: the first where <paramref name="first"/> says so of the order, else the second.</summary>
    private static Builtin Choice(string name, Func<int, bool> first) => new(name, 3, 3, BuiltinUse.Body)
    {
        Binds = true,
        Body = call =>
        {
            if (!Number.TryOf(call.Term(0), out var a) || !Number.TryOf(call.Term(1), out var b))
                return false;
            var order = a.IsFloating || b.IsFloating ? a.AsDouble.CompareTo(b.AsDouble) : a.AsLong.CompareTo(b.AsLong);
            return call.Bind(2, first(order) ? call[0] : call[1]);
        },
    };
}
