using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Knowledge.Endpoint;

/// <summary>A response body whose first 64 KiB are held back, so that what fails before them can still be an error status. Writers are synchronous: it is used off the server's threads.</summary>
internal sealed class DelayedBody : Stream
{
    private const int Held = 1 << 16;
    private readonly HttpContext _http;
    private readonly MemoryStream _first = new();
    private bool _isSent;

    public DelayedBody(HttpContext http)
    {
        _http = http;
        if (http.Features.Get<IHttpBodyControlFeature>() is { } control)
            control.AllowSynchronousIO = true;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _http.RequestAborted.ThrowIfCancellationRequested();
        if (!_isSent && _first.Length + buffer.Length <= Held)
        {
            _first.Write(buffer);
            return;
        }

        Send();
        _http.Response.Body.Write(buffer);
    }

    /// <summary>Nothing: writers flush at their end, and the server does so too.</summary>
    public override void Flush()
    {
    }

    /// <summary>Sends what is held back still.</summary>
    public void Complete()
    {
        if (!_isSent)
            _http.Response.ContentLength = _first.Length;
        Send();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Send()
    {
        if (_isSent)
            return;
        _isSent = true;
        if (!HttpMethods.IsHead(_http.Request.Method))
            _http.Response.Body.Write(_first.GetBuffer(), 0, (int)_first.Length);
    }
}
