using Backends.Torch.Llama;
using Backends.Torch.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Backends.Torch;

/// <summary>The cached forward pass of a Llama: matrices through the library, everything row-wise in <see cref="TorchTokenModelKernels"/>.</summary>
/// <remarks>
/// Rows of several sequences lie below one another, so that each matrix is read once a step however many sequences there are.
/// Shape legend: R = rows of the call, C = channels, Q/K = query and key-value heads, D = head width, F = feed-forward width, V = vocabulary, T = tokens held.
/// Read <see cref="Step"/> first.
/// </remarks>
internal sealed class TorchTokenModelDecoder : IDisposable
{
    private readonly LlamaConfig _config;
    private readonly FlatParameters _parameters;
    private readonly TorchTokenModelRotary _rotary;
    private readonly List<Tensor> _owned = [];
    private readonly Tensor _embedding; // [V, C]
    private readonly Tensor _head;      // [V, C]
    private readonly Tensor _finalNorm; // [C]
    private readonly Layer[] _layers;
    private float[] _scores = [];
    private readonly float[] _convolutionScratch;

    /// <summary>Takes views of the weights; the parameters must outlive the decoder.</summary>
    public TorchTokenModelDecoder(LlamaConfig config, FlatParameters parameters)
    {
        (_config, _parameters) = (config, parameters);
        _rotary = new TorchTokenModelRotary(config.HeadSize, config.RopeTheta);
        _convolutionScratch = new float[config.ConvolutionState * config.Hidden];
        _embedding = View(LlamaNames.Embedding);
        _head = config.TiedEmbeddings ? _embedding : View(LlamaNames.Head);
        _finalNorm = View(LlamaNames.FinalNorm);
        _layers = Enumerable.Range(0, config.Layers).Select(MakeLayer).ToArray();
    }

    /// <summary>One run of rows that belong to one sequence.</summary>
    internal readonly record struct Segment(TorchTokenSequence Sequence, int FirstRow, int Rows);

    /// <summary>Feeds rows to their sequences and gives the logits after the last row of each.</summary>
    /// <param name="segments">Runs that cover the rows in order, each of another sequence with room reserved.</param>
    /// <param name="tokens">Token of each row, checked, <c>[R]</c>.</param>
    /// <param name="logits">Receives one row for each segment, <c>[segments, V]</c>.</param>
    public void Step(IReadOnlyList<Segment> segments, ReadOnlySpan<int> tokens, Span<float> logits)
    {
        using var noGradient = inference_mode();
        using var scope = NewDisposeScope();
        var longest = segments.Max(s => s.Sequence.Length + s.Rows);
        _rotary.Reserve(longest, _config.Context);
        if (_scores.Length < longest)
            _scores = new float[Math.Max(longest, Math.Min(_config.Context, 2 * _scores.Length))];

        var stream = Embed(tokens);                                                        // [R, C]
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            Attention(layer, segments, stream);
            FeedForward(layer, segments, stream);
        }

        var last = empty(segments.Count, _config.Hidden);
        for (var i = 0; i < segments.Count; i++)
            TorchTokenModelKernels.Normalise(Row(stream, segments[i].FirstRow + segments[i].Rows - 1), Row(_finalNorm, 0), Epsilon, Row(last, i));
        var result = nn.functional.linear(last, _head);                                    // [segments, V]
        for (var i = 0; i < segments.Count; i++)
            Row(result, i).CopyTo(logits[(i * _config.Vocabulary)..]);

        foreach (var segment in segments)
            segment.Sequence.Advance(segment.Rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _owned)
            tensor.Dispose();
    }

    private float Epsilon => (float)_config.RmsEpsilon;

    private Tensor Embed(ReadOnlySpan<int> tokens)
    {
        var stream = empty(tokens.Length, _config.Hidden);
        for (var row = 0; row < tokens.Length; row++)
            Row(_embedding, tokens[row]).CopyTo(Row(stream, row));
        return stream;
    }

    private void Attention(int index, IReadOnlyList<Segment> segments, Tensor stream)
    {
        using var scope = NewDisposeScope();
        var layer = _layers[index];
        var input = NormaliseAll(stream, layer.AttentionNorm);
        foreach (var segment in segments)
            Convolve(input, segment, layer.AttentionTaps, segment.Sequence.AttentionRows[index]);

        var queryKeyValue = nn.functional.linear(input, layer.QueryKeyValue);              // [R, (Q + 2K) D]
        var mixed = empty(input.shape[0], (long)_config.Heads * _config.HeadSize);         // [R, Q D]
        foreach (var segment in segments)
        {
            for (var t = 0; t < segment.Rows; t++)
                Remember(index, segment.Sequence, segment.Sequence.Length + t, Row(queryKeyValue, segment.FirstRow + t));
            if (segment.Rows == 1)
                AttendRow(index, segment.Sequence, Row(queryKeyValue, segment.FirstRow), Row(mixed, segment.FirstRow));
            else
                AttendRows(index, segment, queryKeyValue, mixed);
        }

        stream.add_(nn.functional.linear(mixed, layer.Output));
    }

    private void FeedForward(int index, IReadOnlyList<Segment> segments, Tensor stream)
    {
        using var scope = NewDisposeScope();
        var layer = _layers[index];
        var input = NormaliseAll(stream, layer.FeedForwardNorm);
        foreach (var segment in segments)
            Convolve(input, segment, layer.FeedForwardTaps, segment.Sequence.FeedForwardRows[index]);

        var gateUp = nn.functional.linear(input, layer.GateUp);                            // [R, 2 F]
        var gated = empty(input.shape[0], _config.Intermediate);                           // [R, F]
        for (var row = 0; row < (int)input.shape[0]; row++)
            TorchTokenModelKernels.Gate(Row(gateUp, row), Row(gated, row));
        stream.add_(nn.functional.linear(gated, layer.Down));
    }

    private Tensor NormaliseAll(Tensor stream, Tensor scale)
    {
        var result = empty(stream.shape);
        for (var row = 0; row < (int)stream.shape[0]; row++)
            TorchTokenModelKernels.Normalise(Row(stream, row), Row(scale, 0), Epsilon, Row(result, row));
        return result;
    }

    private void Convolve(Tensor input, Segment segment, Tensor? taps, float[] state)
    {
        if (taps is null)
            return;
        var rows = TensorMemory.Floats(input, (long)segment.FirstRow * _config.Hidden, segment.Rows * _config.Hidden);
        TorchTokenModelKernels.Convolve(rows, TensorMemory.Floats(taps, 0, state.Length), state, _convolutionScratch, _config.Hidden);
    }

    /// <summary>Turns the query and key of one row and stores its key and value at a position.</summary>
    private void Remember(int layer, TorchTokenSequence sequence, int position, Span<float> row)
    {
        var width = _config.HeadSize;
        var cosines = _rotary.Cosines(position);
        var sines = _rotary.Sines(position);
        for (var head = 0; head < _config.Heads + _config.KvHeads; head++)
            TorchTokenModelKernels.Rotate(row.Slice(head * width, width), cosines, sines);
        for (var head = 0; head < _config.KvHeads; head++)
        {
            var place = ((long)head * sequence.Capacity + position) * width;
            row.Slice((_config.Heads + head) * width, width).CopyTo(TensorMemory.Floats(sequence.Keys(layer), place, width));
            row.Slice((_config.Heads + _config.KvHeads + head) * width, width).CopyTo(TensorMemory.Floats(sequence.Values(layer), place, width));
        }
    }

    private void AttendRow(int layer, TorchTokenSequence sequence, ReadOnlySpan<float> row, Span<float> result)
    {
        var (width, length, group) = (_config.HeadSize, sequence.Length + 1, _config.Heads / _config.KvHeads);
        for (var head = 0; head < _config.Heads; head++)
        {
            var place = (long)(head / group) * sequence.Capacity * width;
            var keys = TensorMemory.Floats(sequence.Keys(layer), place, length * width);
            var values = TensorMemory.Floats(sequence.Values(layer), place, length * width);
            TorchTokenModelKernels.Attend(row.Slice(head * width, width), keys, values, _scores.AsSpan(0, length), result.Slice(head * width, width));
        }
    }

    /// <summary>Several rows at once: the library's fused attention, causal from the first of them on.</summary>
    private void AttendRows(int layer, Segment segment, Tensor queryKeyValue, Tensor mixed)
    {
        var (sequence, heads, width, length) = (segment.Sequence, _config.Heads, _config.HeadSize, segment.Sequence.Length + segment.Rows);
        var group = heads / _config.KvHeads;
        var query = queryKeyValue.narrow(0, segment.FirstRow, segment.Rows).narrow(1, 0, heads * width)
            .view(1, segment.Rows, heads, width).transpose(1, 2);                          // [1, Q, rows, D]
        var keys = PerQueryHead(sequence.Keys(layer), length, group);                      // [1, Q, T, D]
        var values = PerQueryHead(sequence.Values(layer), length, group);                  // [1, Q, T, D]
        var mask = ones(segment.Rows, length, dtype: @bool).tril(sequence.Length);         // [rows, T]
        var attended = nn.functional.scaled_dot_product_attention(query, keys, values, mask); // [1, Q, rows, D]
        mixed.narrow(0, segment.FirstRow, segment.Rows).copy_(attended.transpose(1, 2).reshape(segment.Rows, heads * width));
    }

    private static Tensor PerQueryHead(Tensor held, int length, int group)
    {
        var used = held.narrow(1, 0, length);                                              // [K, T, D]
        return (group == 1 ? used : used.repeat_interleave(group, 0)).unsqueeze(0);
    }

    private static Span<float> Row(Tensor matrix, int row)
    {
        var width = (int)matrix.size(-1);
        return TensorMemory.Floats(matrix, (long)row * width, width);
    }

    private Layer MakeLayer(int index)
    {
        string Name(string part) => LlamaNames.Layer(index, part);
        var hasTaps = _config.ConvolutionState > 0;
        return new Layer(
            View(Name("input_layernorm")),
            Stack(Name("self_attn.q_proj"), Name("self_attn.k_proj"), Name("self_attn.v_proj")),
            View(Name("self_attn.o_proj")),
            View(Name("post_attention_layernorm")),
            Stack(Name("mlp.gate_proj"), Name("mlp.up_proj")),
            View(Name("mlp.down_proj")),
            hasTaps ? View(Name("self_attn.canon")) : null,
            hasTaps ? View(Name("mlp.canon")) : null);
    }

    private Tensor View(string name) => Own(_parameters.View(name));

    /// <summary>Matrices that are used as one, row below row: a view where they are neighbours in the buffer, otherwise a copy.</summary>
    private Tensor Stack(params string[] names)
    {
        var parts = names.Select(name => _parameters.Named.First(p => p.Name == name)).ToArray();
        var rows = parts.Sum(p => p.Shape[0]);
        var areNeighbours = parts.Zip(parts.Skip(1)).All(pair => pair.First.Offset + pair.First.Count == pair.Second.Offset);
        using var scope = NewDisposeScope();
        var stacked = areNeighbours
            ? _parameters.Values.narrow(0, parts[0].Offset, parts.Sum(p => p.Count)).view(rows, parts[0].Shape[1])
            : cat(names.Select(_parameters.View).ToArray(), 0);
        return Own(stacked.DetachFromDisposeScope());
    }

    private Tensor Own(Tensor tensor)
    {
        tensor.DetachFromDisposeScope();
        _owned.Add(tensor);
        return tensor;
    }

    private sealed record Layer(
        Tensor AttentionNorm, Tensor QueryKeyValue, Tensor Output, Tensor FeedForwardNorm, Tensor GateUp, Tensor Down,
        Tensor? AttentionTaps, Tensor? FeedForwardTaps);
}
