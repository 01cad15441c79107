namespace Hub.Nano.Tasks;

/// <summary>The wordings that questions are composed of. A wording is an atom: reserved ones never occur in training.</summary>
/// <remarks>Slots: {a} {b} {c} numbers, {q} a noun phrase for a computation, {z} the number compared with, {n} years.</remarks>
internal static class Phrases
{
    /// <summary>Ways to ask for a noun phrase.</summary>
    public static readonly string[] Heads =
    [
        "What is {q}?", "What's {q}?", "Calculate {q}.", "Compute {q}.", "Find {q}.", "Find out {q}.", "How much is {q}?", "Work out {q}.", "Tell me {q}.", "Give me {q}.",
        "Can you compute {q}?", "I need {q}.", "Please evaluate {q}.", "What does {q} give?", "What do you get for {q}?", "Could you tell me {q}?", "Determine {q}.", "What would {q} be?",
        "I want to know {q}.", "Do you know {q}?", "{q}?", "{q} = ?", "{q} is what?", "{q} equals what?", "Let me know {q}.", "What value has {q}?", "Could you work out {q}?", "Can you tell me {q}?",
        "I would like to know {q}.", "Figure out {q}.", "Can you find {q}?", "What number is {q}?", "What will {q} be?", "Can you calculate {q}?", "Would you compute {q} for me?", "Help me with {q}.",
        "What is the value of {q}?", "What is the result of {q}?", "Say what {q} is.", "Show me {q}.", "What comes out for {q}?", "How much would {q} be?", "I have to find {q}.", "Get {q}.", "{q} please.",
    ];

    /// <summary>Noun phrases for the four operations.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Nouns = new Dictionary<Operation, string[]>
    {
        [Operation.Add] =
        [
            "the sum of {a} and {b}", "{a} plus {b}", "the total of {a} and {b}", "{a} added to {b}", "{a} and {b} together", "{a} increased by {b}", "{a} + {b}", "{b} more than {a}",
            "{a} and {b} added up", "{a} and {b} in total", "{a} with {b} added", "the sum when {a} and {b} are added", "{a} and {b} combined", "{a} and {b} put together", "{a}+{b}", "the sum {a} + {b}",
            "the result of adding {a} and {b}", "the result of adding {b} to {a}", "{a} and another {b}", "the numbers {a} and {b} added together",
        ],
        [Operation.Subtract] =
        [
            "{a} minus {b}", "the difference between {a} and {b}", "{a} reduced by {b}", "{a} with {b} taken away", "{a} less {b}", "{a} decreased by {b}", "{a} - {b}", "{b} less than {a}", "{b} subtracted from {a}",
            "{a} take away {b}", "the difference of {a} and {b}", "what is left of {a} after taking away {b}", "{a}-{b}", "the result of subtracting {b} from {a}", "the result of taking {b} away from {a}",
            "{a} without {b}", "{a} lowered by {b}", "{b} taken from {a}", "what remains of {a} minus {b}", "the result of {a} minus {b}",
        ],
        [Operation.Multiply] =
        [
            "the product of {a} and {b}", "{a} times {b}", "{a} multiplied by {b}", "{a} multiplied with {b}", "the result of multiplying {a} by {b}", "{a} x {b}", "{a} * {b}", "{a}*{b}", "{b} times {a}",
            "the product {a} times {b}", "{a} and {b} multiplied", "{a} and {b} multiplied together", "the result of multiplying {a} and {b}", "{a} taken {b} times", "{b} times the number {a}", "the product of the numbers {a} and {b}",
            "{a} x {b} multiplied", "{a} by {b} multiplied", "the result of {a} times {b}", "{b} lots of {a}",
        ],
        [Operation.Divide] =
        [
            "{a} divided by {b}", "the quotient of {a} and {b}", "the result of dividing {a} by {b}", "{a} split into {b} equal parts", "{a} over {b}", "the ratio of {a} to {b}", "{a} / {b}", "{a}/{b}", "{a} shared by {b}",
            "{a} divided into {b} parts", "the quotient when {a} is divided by {b}", "{a} split by {b}", "{a} split {b} ways", "{a} divided between {b}", "each part when {a} is split into {b} parts", "the result of {a} divided by {b}",
            "{a} shared equally by {b}", "one share of {a} split {b} ways", "the division of {a} by {b}", "{a} : {b}",
        ],
    };

    /// <summary>Noun phrases over one number; the step's second number stands beside them.</summary>
    public static readonly (Operation Operation, double Second, string[] Wordings)[] Unary =
    [
        (Operation.Multiply, 0, ["the square of {a}", "{a} squared", "{a} to the power of 2", "{a} times itself", "{a} multiplied by itself", "the number {a} squared"]),
        (Operation.Multiply, 2, ["double {a}", "twice {a}", "the double of {a}", "two times {a}", "{a} doubled", "twice the number {a}"]),
        (Operation.Multiply, 3, ["triple {a}", "three times {a}", "the triple of {a}", "{a} tripled", "thrice {a}"]),
        (Operation.Divide, 2, ["half of {a}", "one half of {a}", "{a} halved", "the half of {a}", "half the number {a}", "a half of {a}"]),
        (Operation.Divide, 3, ["a third of {a}", "one third of {a}", "the third part of {a}", "the third of {a}"]),
        (Operation.Divide, 4, ["a quarter of {a}", "one quarter of {a}", "the fourth part of {a}", "one fourth of {a}"]),
        (Operation.Divide, 10, ["a tenth of {a}", "one tenth of {a}", "the tenth part of {a}"]),
        (Operation.Multiply, 10, ["ten times {a}", "{a} times ten", "tenfold {a}"]),
    ];

    /// <summary>Commands that name the operation themselves.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Commands = new Dictionary<Operation, string[]>
    {
        [Operation.Add] =
        [
            "Add {a} and {b}.", "Add {a} to {b}.", "Sum up {a} and {b}.", "Please add {a} and {b} up.", "Sum {a} and {b}.", "Put {a} and {b} together.", "Increase {a} by {b}.", "Add up {a} and {b}.", "Can you add {a} and {b}?",
            "Take {a} and add {b}.", "Start with {a} and add {b}.", "Combine {a} and {b} into a sum.", "Add {b} on top of {a}.", "Total up {a} and {b}.", "What do {a} and {b} make together?", "What do you get if you add {a} and {b}?",
        ],
        [Operation.Subtract] =
        [
            "Take {b} away from {a}.", "Subtract {b} from {a}.", "Remove {b} from {a}.", "Deduct {b} from {a}.", "From {a}, take away {b}.", "Reduce {a} by {b}.", "Decrease {a} by {b}.", "Take {a} and subtract {b}.", "Start with {a} and take away {b}.",
            "Can you subtract {b} from {a}?", "How much more is {a} than {b}?", "How much is left if {b} is taken from {a}?", "Lower {a} by {b}.", "What remains if you remove {b} from {a}?", "By how much does {a} exceed {b}?", "What do you get if you subtract {b} from {a}?",
        ],
        [Operation.Multiply] =
        [
            "Multiply {a} by {b}.", "Multiply {a} and {b}.", "Please multiply {a} with {b}.", "Take {a} times {b}.", "Can you multiply {a} by {b}?", "Take {a} and multiply it by {b}.", "Start with {a} and multiply by {b}.", "Multiply the numbers {a} and {b}.",
            "What do you get if you multiply {a} by {b}?", "Multiply together {a} and {b}.", "Form the product of {a} and {b}.", "Give the product of {a} and {b}.", "What do {a} and {b} make multiplied?", "Take the product of {a} and {b}.", "Do {a} times {b}.", "Scale {a} by multiplying with {b}.",
        ],
        [Operation.Divide] =
        [
            "Divide {a} by {b}.", "Please divide {a} by {b}.", "Split {a} by {b}.", "Share {a} among {b}.", "How often does {b} go into {a}?", "How many times does {b} fit into {a}?", "Split {a} into {b} equal parts.", "Can you divide {a} by {b}?",
            "Take {a} and divide it by {b}.", "Start with {a} and divide by {b}.", "What do you get if you divide {a} by {b}?", "Divide {a} into {b} equal parts.", "Share {a} equally between {b}.", "How much is each part if {a} is split into {b}?", "Cut {a} into {b} equal parts.", "Do {a} divided by {b}.",
        ],
    };

    /// <summary>Second steps of a chain of commands, with {c}.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Then = new Dictionary<Operation, string[]>
    {
        [Operation.Add] = ["add {c}", "add {c} to it", "add {c} to the result", "increase it by {c}", "put {c} on top", "increase the result by {c}", "add another {c}", "add {c} more", "add {c} to that"],
        [Operation.Subtract] = ["subtract {c}", "take away {c}", "subtract {c} from the result", "reduce it by {c}", "subtract {c} from it", "remove {c}", "take {c} away from the result", "take {c} off", "decrease the result by {c}"],
        [Operation.Multiply] = ["multiply by {c}", "multiply the result by {c}", "multiply it by {c}", "take it times {c}", "multiply it with {c}", "multiply everything by {c}", "take the result times {c}", "multiply that by {c}"],
        [Operation.Divide] = ["divide by {c}", "divide the result by {c}", "divide it by {c}", "split it by {c}", "split the result into {c} equal parts", "divide everything by {c}", "divide that by {c}", "share the result by {c}"],
    };

    /// <summary>How two commands are joined: {d} and {t}.</summary>
    public static readonly string[] Joins =
    [
        "{d} and then {t}.", "{d}, then {t}.", "First {d}. Then {t}.", "{d}; after that {t}.", "{d} and {t}.", "Start: {d}. Next, {t}.", "{d}, and after that {t}.", "{d}. Now {t}.", "{d}, next {t}.", "First {d}, then {t}.",
        "{d}. After that, {t}.", "{d} and next {t}.", "{d} and finally {t}.",
    ];

    /// <summary>Noun phrases around a computation, with {c}.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Outer = new Dictionary<Operation, string[]>
    {
        [Operation.Add] = ["the sum of {q} and {c}", "{c} more than {q}", "{q}, plus {c}", "{q} increased by {c}", "{q} and {c} together", "{c} added to {q}"],
        [Operation.Subtract] = ["{q}, minus {c}", "{c} less than {q}", "the difference between {q} and {c}", "{q} reduced by {c}", "{c} subtracted from {q}"],
        [Operation.Multiply] = ["{c} times {q}", "the product of {q} and {c}", "{q}, times {c}", "{q} multiplied by {c}", "{q}, multiplied by {c}"],
        [Operation.Divide] = ["{q}, divided by {c}", "the quotient of {q} and {c}", "the result of dividing {q} by {c}", "{q} split into {c} equal parts", "{q} over {c}"],
    };

    /// <summary>Noun phrases for a sum or product of three numbers.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Triples = new Dictionary<Operation, string[]>
    {
        [Operation.Add] = ["the sum of {a}, {b} and {c}", "{a} plus {b} plus {c}", "{a} + {b} + {c}", "the total of {a}, {b} and {c}", "{a}, {b} and {c} together", "{a}, {b} and {c} added up", "{a} and {b} and {c} in total"],
        [Operation.Multiply] = ["the product of {a}, {b} and {c}", "{a} times {b} times {c}", "{a} * {b} * {c}", "{a} x {b} x {c}", "{a}, {b} and {c} multiplied together", "{a} multiplied by {b} and by {c}"],
    };

    /// <summary>Claims that something is greater; the last block states them from the other side.</summary>
    public static readonly string[] Greater =
    [
        "Is {q} greater than {z}?", "Is {q} more than {z}?", "Is {q} larger than {z}?", "Is {q} above {z}?", "Does {q} exceed {z}?", "Is it true that {q} is greater than {z}?", "Is {q} bigger than {z}?", "Check whether {q} is more than {z}.",
        "Tell me if {q} is greater than {z}.", "Would {q} be larger than {z}?", "Can you say whether {q} is bigger than {z}?", "Decide if {q} is above {z}.", "Is {q} over {z}?", "Does {q} come to more than {z}?", "Do we get more than {z} for {q}?",
        "Is {q} higher than {z}?", "I think {q} is greater than {z}. Is that right?", "True or false: {q} is greater than {z}.", "{q} > {z}?", "Is {q} > {z}?", "Say whether {q} is larger than {z}.", "Is it correct that {q} is more than {z}?", "Will {q} be more than {z}?",
        "Could {q} be greater than {z}?", "Is {q} at more than {z}?", "I wonder if {q} is bigger than {z}.", "Does {q} go above {z}?", "Find out if {q} is larger than {z}.", "Please check if {q} exceeds {z}.",
        "Is {z} less than {q}?", "Is {z} smaller than {q}?", "Is {z} below {q}?", "Is {z} < {q}?", "Is it true that {z} is less than {q}?", "Tell me if {z} is smaller than {q}.",
    ];

    /// <summary>Claims that something is less; the last block states them from the other side.</summary>
    public static readonly string[] Less =
    [
        "Is {q} less than {z}?", "Is {q} smaller than {z}?", "Is {q} below {z}?", "Is {q} under {z}?", "Is it true that {q} is less than {z}?", "Does {q} stay below {z}?", "Check whether {q} is less than {z}.", "Tell me if {q} is smaller than {z}.",
        "Would {q} be less than {z}?", "Can you say whether {q} is below {z}?", "Decide if {q} is less than {z}.", "Is {q} lower than {z}?", "I think {q} is less than {z}. Is that right?", "True or false: {q} is smaller than {z}.", "{q} < {z}?", "Is {q} < {z}?",
        "Say whether {q} is less than {z}.", "Is it correct that {q} is under {z}?", "Will {q} be less than {z}?", "Could {q} be smaller than {z}?", "Does {q} come to less than {z}?", "Do we get less than {z} for {q}?", "I wonder if {q} is smaller than {z}.",
        "Find out if {q} is below {z}.", "Please check if {q} is less than {z}.", "Does {q} stay under {z}?",
        "Is {z} greater than {q}?", "Is {z} more than {q}?", "Is {z} above {q}?", "Is {z} > {q}?", "Is it true that {z} is larger than {q}?", "Tell me if {z} is bigger than {q}.",
    ];

    /// <summary>Claims of equality.</summary>
    public static readonly string[] Equal =
    [
        "Is {q} equal to {z}?", "Does {q} equal {z}?", "Is {q} the same as {z}?", "Is {q} exactly {z}?", "Is it true that {q} equals {z}?", "Check whether {q} is {z}.", "Does {q} make {z}?", "Is {q} = {z}?", "Tell me if {q} is equal to {z}.",
        "Do we get exactly {z} for {q}?", "True or false: {q} is {z}.", "Is it correct that {q} is equal to {z}?",
    ];

    /// <summary>Questions for the larger or smaller of two.</summary>
    public static readonly string[] Larger =
    [
        "Which is greater, {q} or {z}?", "Which is larger: {q} or {z}?", "What is more, {q} or {z}?", "Which one is bigger, {q} or {z}?", "Tell me which is greater, {q} or {z}.", "Of {q} and {z}, which is larger?", "Find the larger of {q} and {z}.",
        "Which number is higher, {q} or {z}?", "What is the greater one, {q} or {z}?",
    ];

    /// <summary>What stands around a question: {u} is the question.</summary>
    public static readonly string[] Wraps =
    [
        "Please answer: {u}", "Quick question: {u}", "Hello! {u}", "{u} Thanks.", "Hey, {u}", "Hi there. {u}", "One more: {u}", "{u} Thank you!", "I have a question. {u}", "For my homework: {u}", "My friend asks: {u}", "Next: {u}", "Question for you: {u}",
        "{u} I need it fast.", "Good morning. {u}", "So, {u}", "Okay, {u}", "And now: {u}", "{u} Please be exact.", "I was wondering: {u}", "Can you help me? {u}", "Here is one for you: {u}", "Just checking: {u}", "{u} Please.", "Dear assistant, {u}",
        "Sorry to bother you. {u}", "{u} Use the tools.", "Let's see: {u}", "Tell me something. {u}", "{u} It is important.", "I am in a hurry. {u}", "We are doing sums today. {u}", "By the way, {u}", "{u} Many thanks in advance.", "Task: {u}", "Problem: {u}", "And, {u}", "Now, {u}",
    ];
}
