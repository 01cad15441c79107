namespace Knowledge.Rdf;

/// <content>Reading.</content>
internal sealed partial class PairColumn
{
    /// <summary>Walks the positions [from, to); each block lies in memory as it is.</summary>
    private sealed class Cursor(PairColumn column, int from, int to) : IPairCursor
    {
        private int _at = from;

        public ReadOnlySpan<ulong> Next()
        {
            if (_at >= to)
                return default;
            var part = column.Part(column.SliceAt(_at), _at, to);
            _at += part.Length;
            return part.Span;
        }

        public void Seek(ulong pair)
        {
            if (_at >= to)
                return;
            // Most seeks go a short way: look around in growing steps before the whole column is searched.
            var slice = column.SliceAt(_at);
            var span = column.Part(slice, _at, to).Span;
            var step = 1;
            var low = 0;
            while (step <= span.Length && span[step - 1] < pair)
            {
                low = step;
                step <<= 1;
            }

            if (step <= span.Length)
                _at += low + Run.LowerBound(span[low..step], pair);
            else
                _at = Math.Min(to, Math.Max(_at + low, column.IndexOf(pair)));
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Nothing to walk.</summary>
    private sealed class EmptyCursor : IPairCursor
    {
        public static readonly EmptyCursor Instance = new();

        public ReadOnlySpan<ulong> Next() => default;

        public void Seek(ulong pair)
        {
        }

        public void Dispose()
        {
        }
    }
}
