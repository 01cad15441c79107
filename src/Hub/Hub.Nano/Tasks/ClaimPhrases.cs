namespace Hub.Nano.Tasks;

/// <summary>Wordings of claims: {s} is what the claim is about and {o} what it is compared with; {r} is how the claim says the relation.</summary>
internal static class ClaimPhrases
{
    /// <summary>Claims that can be about a computation or about a number, with any relation.</summary>
    public static readonly string[] Frames =
    [
        "Is {s} {r} {o}?", "Would {s} be {r} {o}?", "Will {s} be {r} {o}?", "Could {s} be {r} {o}?", "Can {s} be {r} {o}?", "Might {s} be {r} {o}?", "Is {s} really {r} {o}?",
        "Is it true that {s} is {r} {o}?", "Is it correct that {s} is {r} {o}?", "Is it right that {s} is {r} {o}?", "Is it a fact that {s} is {r} {o}?", "Is the claim true that {s} is {r} {o}?", "Can it be that {s} is {r} {o}?",
        "Tell me if {s} is {r} {o}.", "Tell me whether {s} is {r} {o}.", "Please tell me if {s} is {r} {o}.", "Can you tell me whether {s} is {r} {o}?", "Let me know if {s} is {r} {o}.", "Could you tell me if {s} is {r} {o}?",
        "Check whether {s} is {r} {o}.", "Check if {s} is {r} {o}.", "Please check if {s} is {r} {o}.", "Could you check whether {s} is {r} {o}?", "Can you check if {s} is {r} {o}?", "Test whether {s} is {r} {o}.", "Verify that {s} is {r} {o}.",
        "Decide if {s} is {r} {o}.", "Decide whether {s} is {r} {o}.", "Determine whether {s} is {r} {o}.", "Find out if {s} is {r} {o}.", "Find out whether {s} is {r} {o}.", "Figure out if {s} is {r} {o}.",
        "Say whether {s} is {r} {o}.", "Please say if {s} is {r} {o}.", "Can you say whether {s} is {r} {o}?", "Would you say that {s} is {r} {o}?", "Answer whether {s} is {r} {o}.",
        "I wonder if {s} is {r} {o}.", "I wonder whether {s} is {r} {o}.", "I want to know if {s} is {r} {o}.", "I need to know whether {s} is {r} {o}.", "I would like to know if {s} is {r} {o}.", "Do you know whether {s} is {r} {o}?", "Do you think {s} is {r} {o}?",
        "I think {s} is {r} {o}. Is that right?", "I believe that {s} is {r} {o}. Am I right?", "They say {s} is {r} {o}. Is that so?", "Someone says that {s} is {r} {o}. Is it true?", "My claim: {s} is {r} {o}. True?", "Am I right that {s} is {r} {o}?",
        "True or false: {s} is {r} {o}.", "Yes or no: {s} is {r} {o}?", "Yes or no, is {s} {r} {o}?", "{s} is {r} {o}, true or false?", "{s} is {r} {o}, isn't it?", "{s} is {r} {o}, right?", "So {s} is {r} {o}?", "Compute whether {s} is {r} {o}.",
    ];

    /// <summary>How a claim says that something is greater. Never reserved: a word that training lacks cannot be understood.</summary>
    public static readonly string[] Greater = ["greater than", "greater than", "more than", "larger than", "bigger than", "above", "over", "higher than"];

    /// <summary>How a claim says that something is less.</summary>
    public static readonly string[] Less = ["less than", "less than", "smaller than", "below", "under", "lower than"];

    /// <summary>How a claim says that two things are equal.</summary>
    public static readonly string[] Equal = ["equal to", "equal to", "the same as", "exactly", "as much as"];

    /// <summary>Claims with wordings of their own: greater.</summary>
    public static readonly string[] OtherGreater =
    [
        "{s} > {o}?", "Is {s} > {o}?", "Does {s} exceed {o}?", "Please check if {s} exceeds {o}.", "Is it true that {s} exceeds {o}?", "Tell me whether {s} exceeds {o}.", "Does {s} go above {o}?", "Is it true that {s} > {o}?", "Check that {s} > {o}.", "True or false: {s} > {o}.",
        "Tell me if {s} goes above {o}.", "Does {s} lie above {o}?", "Does {s} go over {o}?", "Say whether {s} > {o}.",
    ];

    /// <summary>Claims with wordings of their own: less.</summary>
    public static readonly string[] OtherLess =
    [
        "{s} < {o}?", "Is {s} < {o}?", "Does {s} stay below {o}?", "Does {s} stay under {o}?", "Is it true that {s} stays below {o}?", "Is it true that {s} < {o}?", "Check that {s} < {o}.", "True or false: {s} < {o}.", "Does {s} lie below {o}?", "Tell me whether {s} stays under {o}.",
        "Does {s} remain under {o}?", "Does {s} remain below {o}?", "Say whether {s} < {o}.",
    ];

    /// <summary>Claims with wordings of their own: equal.</summary>
    public static readonly string[] OtherEqual =
    [
        "Does {s} equal {o}?", "Is it true that {s} equals {o}?", "Is {s} = {o}?", "{s} = {o}?", "Check whether {s} is {o}.", "True or false: {s} = {o}.", "Tell me if {s} equals {o}.", "Check that {s} = {o}.", "True or false: {s} equals {o}.", "Say whether {s} equals {o}.", "Are {s} and {o} equal?",
        "Are {s} and {o} the same?",
    ];

    /// <summary>Claims that only a computation can be the subject of: greater.</summary>
    public static readonly string[] ComputedGreater =
        ["Does {s} come to more than {o}?", "Do we get more than {o} for {s}?", "Is {s} at more than {o}?", "Do you get more than {o} for {s}?", "Does {s} give more than {o}?", "Will {s} come to more than {o}?", "Do I get more than {o} from {s}?", "Does {s} make more than {o}?"];

    /// <summary>Claims that only a computation can be the subject of: less.</summary>
    public static readonly string[] ComputedLess =
        ["Does {s} come to less than {o}?", "Do we get less than {o} for {s}?", "Is {s} at less than {o}?", "Do you get less than {o} for {s}?", "Does {s} give less than {o}?", "Will {s} come to less than {o}?", "Do I get less than {o} from {s}?", "Does {s} make less than {o}?"];

    /// <summary>Claims that only a computation can be the subject of: equal.</summary>
    public static readonly string[] ComputedEqual = ["Does {s} make {o}?", "Do we get exactly {o} for {s}?", "Does {s} give {o}?", "Does {s} come to {o}?", "Do you get {o} for {s}?", "Does {s} make exactly {o}?"];

    /// <summary>Questions for the larger of two.</summary>
    public static readonly string[] Larger =
    [
        "Which is greater, {s} or {o}?", "Which is larger: {s} or {o}?", "What is more, {s} or {o}?", "Which one is bigger, {s} or {o}?", "Tell me which is greater, {s} or {o}.", "Of {s} and {o}, which is larger?", "Find the larger of {s} and {o}.",
        "Which number is higher, {s} or {o}?", "What is the greater one, {s} or {o}?", "Which is the bigger number, {s} or {o}?", "What is larger, {s} or {o}?", "Tell me the greater of {s} and {o}.", "Give me the larger of {s} and {o}.", "Which is bigger: {s} or {o}?", "Which one is more, {s} or {o}?", "Is {s} or {o} the greater one?",
        "Say which is higher, {s} or {o}.", "Compare {s} and {o}: which is greater?",
    ];
}
