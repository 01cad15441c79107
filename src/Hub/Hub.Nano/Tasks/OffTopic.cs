namespace Hub.Nano.Tasks;

/// <summary>Questions that neither a calculator nor a clock can answer.</summary>
internal static class OffTopic
{
    public static readonly string[] Questions =
    [
        "What is the capital of {C}?", "Who wrote the book {W}?", "What is the weather in {T}?", "Will it rain in {T} tomorrow?", "Who is the president of {C}?", "How many people live in {T}?", "Send an email to {N}.", "What is the phone number of {N}?", "Translate the word {W} into French.",
        "Who painted {W}?", "What does the word {W} mean?", "Play the song {W}.", "Book a hotel in {T}.", "Find a flight from {T} to {T2}.", "What is the price of the stock {W}?", "Tell me a joke.", "Write a poem about {W}.", "Who won the game yesterday?", "What is the news about {T}?", "Where does {N} live?",
        "What is the address of {N}?", "How old is {N}?", "When was {N} born?", "What color is {W}?", "Open the door.", "Turn on the light in the kitchen.", "What is the name of my dog?", "How far is it from {T} to {T2}?", "What language do people speak in {C}?", "How tall is {N}?", "What is {N} doing today?", "Read the file {W}.",
        "Which river flows through {T}?", "Who is the mayor of {T}?", "Give me a recipe for {W}.", "What should I eat today?", "Is {N} at home?", "What is the best movie?", "Find a picture of {W}.", "Spell the word {W} backwards.", "How do you say {W} in German?", "Summarize the text {W}.", "Where is my package?",
        "What is the status of my order?", "Call {N}.", "Remind me to call {N}.", "What is the email of {N}?", "Which animal is the fastest?", "Why is the sky blue?", "Who invented {W}?", "What is the exchange rate of {C}?", "When does the train to {T} leave?", "Is the shop in {T} open?", "What did {N} say?", "Is {W} a good book?",
        "Describe {T}.", "Where can I park in {T}?", "What is the temperature in {T}?", "How high is the mountain near {T}?", "Which team does {N} play for?",
    ];

    private static readonly string[] s_countries = ["France", "Norway", "Japan", "Peru", "Kenya", "Italy", "Canada", "India", "Chile", "Spain", "Egypt", "Poland"];

    private static readonly string[] s_towns = ["Oslo", "Paris", "Lima", "Tokyo", "Rome", "Berlin", "Cairo", "Boston", "Delhi", "Madrid", "Vienna", "Dublin"];

    private static readonly string[] s_names = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gina", "Hugo", "Iris", "Jon", "Kira", "my boss", "my neighbor", "the manager"];

    private static readonly string[] s_words = ["Nightfall", "the moon", "hope", "winter", "the river", "a house", "silver", "the garden", "Hamlet", "the storm", "music", "the lamp"];

    public static string Ask(Draft draft)
    {
        var random = draft.Random;
        return draft.Atom("off_topic", Questions)
            .Replace("{C}", random.Pick(s_countries), StringComparison.Ordinal).Replace("{T}", random.Pick(s_towns), StringComparison.Ordinal).Replace("{T2}", random.Pick(s_towns), StringComparison.Ordinal)
            .Replace("{N}", random.Pick(s_names), StringComparison.Ordinal).Replace("{W}", random.Pick(s_words), StringComparison.Ordinal);
    }
}
