using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Backends.Torch.Llama;
using Backends.Training.Optimizers;
using static TorchSharp.torch;

namespace Backends.Training.Checkpoints;

/// <summary>A training on disk: header, parameters and moments in one file that is there whole or not at all.</summary>
/// <remarks>
/// Layout: 8 bytes of magic, int32 length of the JSON header, the header, the f32 buffers (parameters, first moments, second moments) as they lie
/// in memory (little-endian), SHA-256 of all before. Written beside the target, flushed to the disk, then renamed over it.
/// </remarks>
internal static class TrainingCheckpoint
{
    private const int MaxHeaderBytes = 64 * 1024 * 1024;
    private const int PieceElements = 1 << 22;
    private static ReadOnlySpan<byte> Magic => "HUBTRN01"u8;

    public static void Write(string path, CheckpointHeader header, FlatParameters parameters, OptimizerState state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = path + ".tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                void Put(ReadOnlySpan<byte> bytes)
                {
                    file.Write(bytes);
                    hash.AppendData(bytes);
                }

                var json = JsonSerializer.SerializeToUtf8Bytes(header);
                var length = new byte[4];
                BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
                Put(Magic);
                Put(length);
                Put(json);
                foreach (var buffer in new[] { parameters.Values, state.First, state.Second })
                    ForEachPiece(buffer, piece => Put(piece), isRead: false);
                file.Write(hash.GetHashAndReset());
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Reads a checkpoint into the buffers of a training of the same configuration.</summary>
    /// <exception cref="TrainingException">Damaged, or of another configuration or optimiser; the buffers may then hold anything.</exception>
    public static CheckpointHeader Read(string path, LlamaConfig config, OptimizerKind optimizer, FlatParameters parameters, OptimizerState state)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Get(Span<byte> bytes)
        {
            if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) != bytes.Length)
                throw Damaged(path, "it ends early");
            hash.AppendData(bytes);
        }

        var start = new byte[12];
        Get(start);
        var length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        if (!start.AsSpan(0, 8).SequenceEqual(Magic) || length is < 2 or > MaxHeaderBytes)
            throw Damaged(path, "its first bytes are not those of a checkpoint");
        var json = new byte[length];
        Get(json);
        var header = ParseHeader(path, json);
        if (header.Config != config || header.Optimizer != optimizer)
        {
            throw new TrainingException(
                $"Checkpoint '{path}' belongs to a training with other sizes or another optimiser ({header.Optimizer}, {header.Config}). " +
                "Use the settings it was begun with, or delete it to begin anew.");
        }

        foreach (var buffer in new[] { parameters.Values, state.First, state.Second })
            ForEachPiece(buffer, piece => Get(piece), isRead: true);
        var expected = hash.GetHashAndReset();
        var found = new byte[expected.Length];
        if (file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) != found.Length || !found.AsSpan().SequenceEqual(expected))
            throw Damaged(path, "its checksum does not match");
        return header;
    }

    private static CheckpointHeader ParseHeader(string path, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckpointHeader>(json) ?? throw Damaged(path, "its header is null");
        }
        catch (JsonException fault)
        {
            throw Damaged(path, $"its header is not JSON ({fault.Message})");
        }
    }

    private static TrainingException Damaged(string path, string why)
        => new($"Checkpoint '{path}' is damaged: {why}. Delete it to begin anew, or put back a copy.");

    /// <summary>Shows a buffer piece by piece in the CPU's memory: its own where it lies there, otherwise a copy, which goes back where <paramref name="isRead"/> says that it was filled.</summary>
    private static void ForEachPiece(Tensor flat, PieceAction action, bool isRead)
    {
        using var noGradient = no_grad();
        for (long at = 0; at < flat.numel(); at += PieceElements)
        {
            using var piece = flat.narrow(0, at, Math.Min(PieceElements, flat.numel() - at));
            if (piece.device_type == TorchSharp.DeviceType.CPU)
            {
                action(piece.bytes);
                continue;
            }

            using var copy = piece.cpu();
            action(copy.bytes);
            if (isRead)
                piece.copy_(copy);
        }
    }

    private delegate void PieceAction(Span<byte> bytes);
}
