namespace Toolkit.Examples.Tests;

/// <summary>Results as the toolkit's own functions give them; the JSON is Python's, with its spaces.</summary>
public sealed class FunctionTests
{
    [Fact]
    public void Process_Text_IsCleanedAndCounted() => Assert.Equal(
        """{"cleaned_text": "Hello world How are you? Caf\u00e9s are fine!", "word_count": 8, "sentence_count": 2, "processing_status": "completed"}""",
        TextPipeline.Process("  Hello   (world)\n How are you?  Caf\u00e9s are *fine*! "));

    [Fact]
    public void Pipeline_Text_EndsInAReport()
    {
        var analysis = TextPipeline.Analyze(TextPipeline.Process("The quick fox jumps. The lazy fox sleeps, and the quick fox laughs."));

        Assert.Equal("""{"word_count": 13, "sentence_count": 2, "avg_words_per_sentence": 6.5, "complexity": "simple", "top_words": ["quick", "jumps.", "lazy", "sleeps,", "laughs."], "analysis_status": "completed"}""", analysis);
        Assert.Equal(
            "=== TEXT ANALYSIS REPORT ===\n\nText Statistics:\n  - Word Count: 13\n  - Sentence Count: 2\n  - Average Words per Sentence: 6.5\n  - Text Complexity: Simple\n\n" +
            "Top Words:\n  1. quick\n  2. jumps.\n  3. lazy\n  4. sleeps,\n  5. laughs.\n\nReport generated successfully.\n==========================",
            TextPipeline.Report(analysis));
    }

    [Fact]
    public void Analyze_NoSentence_HasAnAverageOfNought() =>
        Assert.Contains("\"avg_words_per_sentence\": 0, \"complexity\": \"simple\", \"top_words\": []", TextPipeline.Analyze(TextPipeline.Process("a b")), StringComparison.Ordinal);

    [Fact]
    public void Analyze_NoJson_EndsTheChain() => Assert.Equal("Invalid input format - cannot proceed", Assert.Throws<Hub.Abstractions.ChainExitException>(() => TextPipeline.Analyze("x")).Message);

    [Fact]
    public void Report_NoJson_SaysSo() => Assert.Equal("Report Generation Failed: Invalid analysis data format", TextPipeline.Report("x"));

    [Theory]
    [InlineData("What is 14 times 27?", "The product of 14 * 27 is 378")]
    [InlineData("just 14", "Provide at least 2 numbers to multiply.")]
    [InlineData("1 2 3", "This tool only supports multiply between 2 numbers.")]
    [InlineData("99999999999999999999 and 10", "The product of 99999999999999999999 * 10 is 999999999999999999990")]
    public void Multiply_Text_AsRelease11(string text, string expected) => Assert.Equal(expected, TextCalculator.Multiply(text));

    [Theory]
    [InlineData("8 by 2", "The result of 8 / 2 is 4.0")]
    [InlineData("1 by 3", "The result of 1 / 3 is 0.3333333333333333")]
    public void Divide_Text_AsRelease11(string text, string expected) => Assert.Equal(expected, TextCalculator.Divide(text));

    [Fact]
    public void Divide_ByZero_Fails() => Assert.Throws<DivideByZeroException>(() => TextCalculator.Divide("1 by 0"));

    [Theory]
    [InlineData("3 and 2", "First number 3 is greater than the second number 2")]
    [InlineData("2 and 3", "First number 2 is less than the second number 3")]
    [InlineData("2 and 2", "First number 2 is equal to the second number 2")]
    public void Compare_Text_AsRelease11(string text, string expected) => Assert.Equal(expected, TextCalculator.Compare(text));

    [Theory]
    [InlineData("something Yellow", "banana")]
    [InlineData("blue", "I don't know what fruit you are talking about")]
    public void Fruit_Input_IsAdvised(string input, string expected) => Assert.Equal(expected, Advisors.Fruit(input));

    [Theory]
    [InlineData(" hello ", "[VALIDATED] hello")]
    [InlineData("  ", "ERROR: Empty input")]
    public void Validate_Text_IsMarked(string text, string expected) => Assert.Equal(expected, Converters.Validate(text));
}
