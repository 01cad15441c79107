namespace Backends.Training.Tests;

public class TrainingBatchTests
{
    [Theory]
    [InlineData(new long[] { 0, 1, 2, 7 }, new long[] { 0 }, new long[] { 1 }, "id at index 3")]
    [InlineData(new long[] { 0, 1, -100, 2 }, new long[] { 0 }, new long[] { 1 }, "id at index 2")]
    [InlineData(new long[] { 0, 1, 2 }, new long[] { 0 }, new long[] { 1 }, "4 are needed")]
    [InlineData(new long[] { 0, 1, 2, 3 }, new long[] { 4 }, new long[] { 1 }, "position at index 0")]
    [InlineData(new long[] { 0, 1, 2, 3 }, new long[] { 0 }, new long[] { -1 }, "target at index 0")]
    [InlineData(new long[] { 0, 1, 2, 3 }, new long[] { 0, 1 }, new long[] { 1 }, "as many")]
    [InlineData(new long[] { 0, 1, 2, 3 }, new long[] { 0 }, new long[] { -100 }, "must count")]
    public void Validate_WhatDoesNotFit_IsNamed(long[] ids, long[] positions, long[] targets, string named)
    {
        var fault = Assert.Throws<ArgumentException>(() => new TrainingBatch(ids, 2, 2, positions, targets, 4).Validate(7));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }
}
