namespace Backends.Training.Tests.Optimizers;

/// <summary>AdamW and Newton-Schulz in plain loops and doubles.</summary>
internal static class NaiveOptimizers
{
    public static void AdamW(double[] p, double[] g, double[] m, double[] v, int step, double rate, double decay, double b1, double b2, bool correct = true)
    {
        for (var i = 0; i < p.Length; i++)
        {
            m[i] = (b1 * m[i]) + ((1 - b1) * g[i]);
            v[i] = (b2 * v[i]) + ((1 - b2) * g[i] * g[i]);
            double first = correct ? m[i] / (1 - Math.Pow(b1, step)) : m[i], second = correct ? v[i] / (1 - Math.Pow(b2, step)) : v[i];
            p[i] -= rate * ((decay * p[i]) + (first / (Math.Sqrt(second) + 1e-8)));
        }
    }

    public static double[,] Orthogonalize(double[,] matrix)
    {
        int rows = matrix.GetLength(0), columns = matrix.GetLength(1);
        if (rows > columns)
            return Transpose(Orthogonalize(Transpose(matrix)));
        var norm = Math.Sqrt(matrix.Cast<double>().Sum(value => value * value)) + 1e-7;
        var x = Map(matrix, value => value / norm);
        for (var i = 0; i < 5; i++)
        {
            var gram = Times(x, Transpose(x));
            var odd = Plus(Map(gram, value => value * -4.7750), Map(Times(gram, gram), value => value * 2.0315));
            x = Plus(Map(x, value => value * 3.4445), Times(odd, x));
        }

        return x;
    }

    public static double[,] Transpose(double[,] a) => Make(a.GetLength(1), a.GetLength(0), (r, c) => a[c, r]);

    public static double[,] Times(double[,] a, double[,] b)
        => Make(a.GetLength(0), b.GetLength(1), (r, c) => Enumerable.Range(0, a.GetLength(1)).Sum(k => a[r, k] * b[k, c]));

    public static double[,] Make(int rows, int columns, Func<int, int, double> value)
    {
        var result = new double[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
                result[r, c] = value(r, c);
        }

        return result;
    }

    private static double[,] Map(double[,] a, Func<double, double> map) => Make(a.GetLength(0), a.GetLength(1), (r, c) => map(a[r, c]));

    private static double[,] Plus(double[,] a, double[,] b) => Make(a.GetLength(0), a.GetLength(1), (r, c) => a[r, c] + b[r, c]);
}
