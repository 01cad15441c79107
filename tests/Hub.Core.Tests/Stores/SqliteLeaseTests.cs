using System.Globalization;
using Hub.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Core.Tests.Stores;

public sealed class SqliteLeaseTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Sample.Began);
    private SqliteRunStore _store = null!;

    public Task InitializeAsync()
    {
        _store = new SqliteRunStore(new() { Path = _folder.File("runs.sqlite"), Time = _time, LeaseTimeout = TimeSpan.FromSeconds(30) });
        Sample.Write(_store, "aa00", RunStatus.Suspended);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Open_OwnerProcessIsDead_TakesOverAtOnce()
    {
        PlantLease(LeaseOwner.Current.Machine, pid: int.MaxValue, "long ago");
        Assert.Equal(RunStatus.Interrupted, _store.Find("aa00").Status);

        using var writer = _store.Open("aa00");

        Assert.Equal(3, writer.Past.Count);
    }

    [Fact]
    public void Open_PidIsUsedAgainByAnotherProcess_TakesOverAtOnce()
    {
        PlantLease(LeaseOwner.Current.Machine, pid: 1, "another start time");

        _store.Open("aa00").Dispose();
    }

    [Fact]
    public void Open_OwnerProcessLives_Throws()
    {
        using var sleeper = System.Diagnostics.Process.Start("sleep", "60");
        try
        {
            PlantLease(LeaseOwner.Current.Machine, sleeper.Id, LeaseOwner.StartOf(sleeper.Id)!);
            _time.Advance(TimeSpan.FromDays(1));

            var error = Assert.Throws<RunLeaseException>(() => _store.Open("aa00"));

            Assert.StartsWith($"process {sleeper.Id} on ", error.Owner, StringComparison.Ordinal);
            Assert.Equal(RunStatus.Running, _store.Find("aa00").Status);
        }
        finally
        {
            sleeper.Kill();
            sleeper.WaitForExit();
        }

        _store.Open("aa00").Dispose();
    }

    [Fact]
    public void Open_OwnerOnAnotherMachine_WaitsForTheTimeout()
    {
        PlantLease("elsewhere", pid: 1, "unknown");
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Throws<RunLeaseException>(() => _store.Open("aa00"));
        Assert.Equal(RunStatus.Running, _store.Find("aa00").Status);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(RunStatus.Interrupted, _store.Find("aa00").Status);
        _store.Open("aa00").Dispose();
    }

    [Fact]
    public void Commit_LeaseWasTakenOver_ThrowsAndAppendsNothing()
    {
        using var writer = _store.Open("aa00");
        writer.Append(Sample.Event(RunEventKind.ToolStart, "1"));
        PlantLease("elsewhere", pid: 99, "unknown");

        var error = Assert.Throws<RunLeaseException>(writer.Commit);

        Assert.Equal("process 99 on elsewhere", error.Owner);
        Assert.Throws<RunLeaseException>(() => writer.Close(RunStatus.Completed));
        Assert.Equal(3, _store.Read("aa00").Count);
        Assert.Null(_store.Verify("aa00"));
        Assert.Equal(RunStatus.Running, _store.Find("aa00").Status);
    }

    [Fact]
    public async Task Poll_WriterWaitsLong_KeepsItsLeaseAndSeesTheCancel()
    {
        using var writer = _store.Open("aa00");
        _time.Advance(TimeSpan.FromSeconds(60));
        await using (var other = new SqliteRunStore(new() { Path = _store.Options.Path, Time = _time }))
        {
            Assert.Equal(RunStatus.Running, other.Find("aa00").Status);
            other.Cancel("aa00");
        }

        Assert.False(writer.CancelRequested);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(writer.CancelRequested);
        Assert.Equal("0", SqliteStatement.Execute(
            _store.Database.Connection, string.Create(CultureInfo.InvariantCulture, $"SELECT {_time.GetUtcNow().UtcTicks} - lease_renewed > {TimeSpan.FromSeconds(30).Ticks} FROM run_state")));
    }

    private void PlantLease(string machine, int pid, string process) => SqliteStatement.Execute(
        _store.Database.Connection,
        string.Create(CultureInfo.InvariantCulture, $"UPDATE run_state SET lease = 5, lease_machine = '{machine}', lease_pid = {pid}, lease_process = '{process}', lease_renewed = {_time.GetUtcNow().UtcTicks}"));
}
