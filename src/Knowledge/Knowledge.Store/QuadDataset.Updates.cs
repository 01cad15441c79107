namespace Knowledge.Store;

/// <content>Writing by terms' texts, as SPARQL updates do.</content>
public abstract partial class QuadDataset : IQuadStore
{
    /// <inheritdoc/>
    public IQuadTransaction BeginWrite(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new TextTransaction(Begin());
    }

    private sealed class TextTransaction(Transaction transaction) : IQuadTransaction
    {
        public IQuadSnapshot Snapshot() => transaction.Snapshot();

        public void Add(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            transaction.Add(Ids(subject, predicate, @object, graph), (DateTimeOffset?)null);

        public void Remove(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            transaction.Retract(Ids(subject, predicate, @object, graph));

        public long Commit() => transaction.Commit();

        public void Dispose() => transaction.Dispose();

        private QuadIds Ids(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            new(transaction.Intern(subject), transaction.Intern(predicate), transaction.Intern(@object), graph.IsEmpty ? default : transaction.Intern(graph));
    }
}
