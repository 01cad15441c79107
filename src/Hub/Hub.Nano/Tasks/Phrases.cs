namespace Hub.Nano.Tasks;

/// <summary>The wordings that questions are composed of. A wording is an atom: reserved ones never occur in training.</summary>
/// <remarks>Slots: {a} {b} {c} numbers, {q} a noun phrase for a computation, {n} years.</remarks>
internal static class Phrases
{
    /// <summary>Ways to ask for a noun phrase.</summary>
    public static readonly string[] Heads =
    [
        "What is {q}?", "What's {q}?", "Calculate {q}.", "Compute {q}.", "Find {q}.", "Find out {q}.", "How much is {q}?", "Work out {q}.", "Tell me {q}.", "Give me {q}.",
        "Can you compute {q}?", "I need {q}.", "Please evaluate {q}.", "What does {q} give?", "What do you get for {q}?", "Could you tell me {q}?", "Determine {q}.", "What would {q} be?",
        "I want to know {q}.", "Do you know {q}?", "{q}?", "{q} = ?", "{q} is what?", "{q} equals what?", "Let me know {q}.", "What value has {q}?", "Could you work out {q}?", "Can you tell me {q}?",
        "I would like to know {q}.", "Figure out {q}.", "Can you find {q}?", "What number is {q}?", "What will {q} be?", "Can you calculate {q}?", "Would you compute {q} for me?", "Help me with {q}.",
        "What is the value of {q}?", "What is the result of {q}?", "Say what {q} is.", "Show me {q}.", "What comes out for {q}?", "How much would {q} be?", "I have to find {q}.", "Get {q}.", "{q} please.", "What is {q} equal to?", "Please calculate {q}.", "Please compute {q}.", "Please find {q}.", "Please tell me {q}.", "Please give me {q}.", "Can you give me {q}?", "Could you compute {q}?", "Could you find {q}?", "Would you tell me {q}?", "Can you work out {q}?", "How much is {q} exactly?", "What exactly is {q}?", "Solve {q}.", "Evaluate {q}.", "I must know {q}.", "I am looking for {q}.", "What do we get for {q}?", "What do I get for {q}?", "What does {q} equal?", "What does {q} make?", "What does {q} come to?", "Tell me what {q} is.", "Say how much {q} is.", "I want you to compute {q}.", "Try to find {q}.", "Do the sum: {q}.", "Answer: {q}?", "{q} makes what?", "{q} is how much?", "{q} gives what?", "{q}, please.", "Now {q}.", "{q} =", "What number do you get for {q}?", "What number does {q} give?",
    ];

    /// <summary>Noun phrases for the four operations.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Nouns = new Dictionary<Operation, string[]>
    {
        [Operation.Add] =
        [
            "the sum of {a} and {b}", "{a} plus {b}", "the total of {a} and {b}", "{a} added to {b}", "{a} and {b} together", "{a} increased by {b}", "{a} + {b}", "{b} more than {a}",
            "{a} and {b} added up", "{a} and {b} in total", "{a} with {b} added", "the sum when {a} and {b} are added", "{a} and {b} combined", "{a} and {b} put together", "{a}+{b}", "the sum {a} + {b}",
            "the result of adding {a} and {b}", "the result of adding {b} to {a}", "{a} and another {b}", "the numbers {a} and {b} added together", "{a} raised by {b}", "the total when {b} is added to {a}", "{a} with another {b} added", "the sum you get from {a} and {b}", "the result of {a} plus {b}", "the result of {a} + {b}", "the number {a} increased by {b}", "the number {a} plus {b}", "the total of the numbers {a} and {b}", "{b} added onto {a}", "{b} on top of {a}", "the combined total of {a} and {b}", "the result when {a} is increased by {b}", "{a} and {b} summed up", "{a} and {b} summed",
        ],
        [Operation.Subtract] =
        [
            "{a} minus {b}", "the difference between {a} and {b}", "{a} reduced by {b}", "{a} with {b} taken away", "{a} less {b}", "{a} decreased by {b}", "{a} - {b}", "{b} less than {a}", "{b} subtracted from {a}",
            "{a} take away {b}", "the difference of {a} and {b}", "what is left of {a} after taking away {b}", "{a}-{b}", "the result of subtracting {b} from {a}", "the result of taking {b} away from {a}",
            "{a} without {b}", "{a} lowered by {b}", "{b} taken from {a}", "what remains of {a} minus {b}", "the result of {a} minus {b}", "the number {a} lowered by {b}", "the number {a} reduced by {b}", "the number {a} minus {b}", "{b} taken away from {a}", "{b} removed from {a}", "{a} with {b} removed", "{a} with {b} subtracted", "the result of {a} - {b}", "the result of removing {b} from {a}", "the rest of {a} after taking away {b}", "what is left of {a} without {b}", "what remains of {a} after removing {b}", "the result when {a} is lowered by {b}", "the result when {b} is subtracted from {a}", "the difference {a} - {b}", "the difference {a} minus {b}", "{a} cut by {b}", "{a} diminished by {b}", "the number {b} subtracted from {a}",
        ],
        [Operation.Multiply] =
        [
            "the product of {a} and {b}", "{a} times {b}", "{a} multiplied by {b}", "{a} multiplied with {b}", "the result of multiplying {a} by {b}", "{a} x {b}", "{a} * {b}", "{a}*{b}", "{b} times {a}",
            "the product {a} times {b}", "{a} and {b} multiplied", "{a} and {b} multiplied together", "the result of multiplying {a} and {b}", "{a} taken {b} times", "{b} times the number {a}", "the product of the numbers {a} and {b}",
            "{a} x {b} multiplied", "{a} by {b} multiplied", "the result of {a} times {b}", "{b} lots of {a}", "{b} lots of the number {a}", "{b} groups of {a}", "{b} times as much as {a}", "the number {a} times {b}", "the number {a} multiplied by {b}", "the number {a} taken {b} times", "the result of {a} x {b}", "the result of {a} * {b}", "the result of taking {a} times {b}", "the product {a} x {b}", "the product {a} * {b}", "{a}x{b}", "the result when {a} is multiplied by {b}", "the product when {a} is multiplied with {b}", "{a} times the number {b}", "{a} multiplied {b} times", "the product you get from {a} and {b}",
        ],
        [Operation.Divide] =
        [
            "{a} divided by {b}", "the quotient of {a} and {b}", "the result of dividing {a} by {b}", "{a} split into {b} equal parts", "{a} over {b}", "the ratio of {a} to {b}", "{a} / {b}", "{a}/{b}", "{a} shared by {b}",
            "{a} divided into {b} parts", "the quotient when {a} is divided by {b}", "{a} split by {b}", "{a} split {b} ways", "{a} divided between {b}", "each part when {a} is split into {b} parts", "the result of {a} divided by {b}",
            "{a} shared equally by {b}", "one share of {a} split {b} ways", "the division of {a} by {b}", "{a} : {b}", "{a} shared among {b}", "{a} shared equally among {b}", "{a} shared out by {b}", "the number {a} divided by {b}", "the number {a} split by {b}", "the result of {a} / {b}", "the result of {a} over {b}", "the result of splitting {a} by {b}", "the result of sharing {a} among {b}", "one part of {a} split into {b} parts", "one share of {a} shared by {b}", "each share when {a} is shared by {b}", "each part of {a} divided into {b} equal parts", "{a} divided equally by {b}", "{a} split equally {b} ways", "the quotient {a} / {b}", "the quotient {a} : {b}", "the result when {a} is divided by {b}", "the ratio {a} : {b}", "{a} cut into {b} equal parts",
        ],
    };

    /// <summary>Noun phrases over one number; the step's second number stands beside them.</summary>
    public static readonly (Operation Operation, double Second, string[] Wordings)[] Unary =
    [
        (Operation.Multiply, 0, ["the square of {a}", "{a} squared", "{a} to the power of 2", "{a} times itself", "{a} multiplied by itself", "the number {a} squared", "the square of the number {a}", "the number {a} times itself", "{a} to the power of two", "the product of {a} and itself", "the second power of {a}", "the number {a} to the power of 2"]),
        (Operation.Multiply, 2, ["double {a}", "twice {a}", "the double of {a}", "two times {a}", "{a} doubled", "twice the number {a}", "double the number {a}", "two times the number {a}", "the number {a} doubled", "{a} taken twice", "{a} times two"]),
        (Operation.Multiply, 3, ["triple {a}", "three times {a}", "the triple of {a}", "{a} tripled", "thrice {a}", "triple the number {a}", "three times the number {a}", "thrice the number {a}", "the number {a} tripled", "{a} times three"]),
        (Operation.Divide, 2, ["half of {a}", "one half of {a}", "{a} halved", "the half of {a}", "half the number {a}", "a half of {a}", "half {a}", "one half of the number {a}", "the half of the number {a}", "the number {a} halved"]),
        (Operation.Divide, 3, ["a third of {a}", "one third of {a}", "the third part of {a}", "the third of {a}", "one third of the number {a}", "a third part of {a}", "a third of the number {a}", "the third part of the number {a}"]),
        (Operation.Divide, 4, ["a quarter of {a}", "one quarter of {a}", "the fourth part of {a}", "one fourth of {a}", "a fourth of {a}", "the quarter of {a}", "one quarter of the number {a}", "a quarter of the number {a}", "a fourth part of {a}"]),
        (Operation.Divide, 10, ["a tenth of {a}", "one tenth of {a}", "the tenth part of {a}", "the tenth of {a}", "a tenth part of {a}", "one tenth of the number {a}", "a tenth of the number {a}"]),
        (Operation.Multiply, 10, ["ten times {a}", "{a} times ten", "tenfold {a}", "ten times the number {a}", "{a} multiplied by ten", "the tenfold of {a}", "the number {a} times ten"]),
    ];

    /// <summary>Commands that name the operation themselves.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Commands = new Dictionary<Operation, string[]>
    {
        [Operation.Add] =
        [
            "Add {a} and {b}.", "Add {a} to {b}.", "Sum up {a} and {b}.", "Please add {a} and {b} up.", "Sum {a} and {b}.", "Put {a} and {b} together.", "Increase {a} by {b}.", "Add up {a} and {b}.", "Can you add {a} and {b}?",
            "Take {a} and add {b}.", "Start with {a} and add {b}.", "Combine {a} and {b} into a sum.", "Add {b} on top of {a}.", "Total up {a} and {b}.", "What do {a} and {b} make together?", "What do you get if you add {a} and {b}?", "Add the numbers {a} and {b}.", "Sum the numbers {a} and {b}.", "Take {a} plus {b}.", "Raise {a} by {b}.", "Please increase {a} by {b}.", "Add {b} to {a}.", "Start with {a} and put {b} on top.", "Put {b} on top of {a}.", "Combine {a} and {b}.", "Combine the numbers {a} and {b} into a total.", "Count {a} and {b} together.", "Form the sum of {a} and {b}.", "Add together {a} and {b}.", "Could you add {b} to {a}?", "Do {a} plus {b}.", "What do I get if I add {b} to {a}?", "How much do {a} and {b} make together?", "Increase the number {a} by {b}.",
        ],
        [Operation.Subtract] =
        [
            "Take {b} away from {a}.", "Subtract {b} from {a}.", "Remove {b} from {a}.", "Deduct {b} from {a}.", "From {a}, take away {b}.", "Reduce {a} by {b}.", "Decrease {a} by {b}.", "Take {a} and subtract {b}.", "Start with {a} and take away {b}.",
            "Can you subtract {b} from {a}?", "How much more is {a} than {b}?", "How much is left if {b} is taken from {a}?", "Lower {a} by {b}.", "What remains if you remove {b} from {a}?", "By how much does {a} exceed {b}?", "What do you get if you subtract {b} from {a}?", "Lower the number {a} by {b}.", "Please lower {a} by {b}.", "Please subtract {b} from {a}.", "Please take {b} away from {a}.", "Reduce the number {a} by {b}.", "Take {b} off {a}.", "Take {a} and remove {b}.", "Start with {a} and remove {b}.", "Start with {a} and lower it by {b}.", "Could you take {b} away from {a}?", "Do {a} minus {b}.", "Take {a} minus {b}.", "Cut {a} by {b}.", "Deduct the number {b} from {a}.", "Form the difference of {a} and {b}.", "What do I get if I take {b} from {a}?", "How much is left of {a} without {b}?", "How much remains if {b} is removed from {a}?", "By how much is {a} greater than {b}?",
        ],
        [Operation.Multiply] =
        [
            "Multiply {a} by {b}.", "Multiply {a} and {b}.", "Please multiply {a} with {b}.", "Take {a} times {b}.", "Can you multiply {a} by {b}?", "Take {a} and multiply it by {b}.", "Start with {a} and multiply by {b}.", "Multiply the numbers {a} and {b}.",
            "What do you get if you multiply {a} by {b}?", "Multiply together {a} and {b}.", "Form the product of {a} and {b}.", "Give the product of {a} and {b}.", "What do {a} and {b} make multiplied?", "Take the product of {a} and {b}.", "Do {a} times {b}.", "Scale {a} by multiplying with {b}.", "Multiply the number {a} by {b}.", "Multiply {a} with {b}.", "Multiply {a} times {b}.", "Please take {a} times {b}.", "Take {b} times {a}.", "Start with {a} and take it times {b}.", "Take {a} and multiply by {b}.", "Could you multiply {a} and {b}?", "Do {a} multiplied by {b}.", "Take {a} and scale it by {b}.", "Scale {a} by {b}.", "Find the product of {a} and {b}.", "What do I get if I multiply {a} and {b}?", "What do you get if you take {a} times {b}?", "How much is {a} taken {b} times?", "Build the product of {a} and {b}.", "Make {b} groups of {a}. How much is that?",
        ],
        [Operation.Divide] =
        [
            "Divide {a} by {b}.", "Please divide {a} by {b}.", "Split {a} by {b}.", "Share {a} among {b}.", "How often does {b} go into {a}?", "How many times does {b} fit into {a}?", "Split {a} into {b} equal parts.", "Can you divide {a} by {b}?",
            "Take {a} and divide it by {b}.", "Start with {a} and divide by {b}.", "What do you get if you divide {a} by {b}?", "Divide {a} into {b} equal parts.", "Share {a} equally between {b}.", "How much is each part if {a} is split into {b}?", "Cut {a} into {b} equal parts.", "Do {a} divided by {b}.", "Divide the number {a} by {b}.", "Please split {a} by {b}.", "Please share {a} among {b}.", "Take {a} and split it by {b}.", "Start with {a} and split it by {b}.", "Share {a} equally among {b}.", "Share {a} by {b}.", "Cut {a} into {b} parts.", "Could you divide {a} by {b}?", "How often does {b} fit into {a}?", "How many times does {b} go into {a}?", "How many times is {b} in {a}?", "What do I get if I divide {a} by {b}?", "What do you get if you split {a} into {b} equal parts?", "How much is each share if {a} is shared by {b}?", "Form the quotient of {a} and {b}.", "Split the number {a} into {b} equal parts.", "Take {a} divided by {b}.",
        ],
    };

    /// <summary>Second steps of a chain of commands, with {c}.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Then = new Dictionary<Operation, string[]>
    {
        [Operation.Add] = ["add {c}", "add {c} to it", "add {c} to the result", "increase it by {c}", "put {c} on top", "increase the result by {c}", "add another {c}", "add {c} more", "add {c} to that", "raise it by {c}", "raise the result by {c}", "put {c} on top of it", "put another {c} on top", "add the number {c}", "increase that by {c}"],
        [Operation.Subtract] = ["subtract {c}", "take away {c}", "subtract {c} from the result", "reduce it by {c}", "subtract {c} from it", "remove {c}", "take {c} away from the result", "take {c} off", "decrease the result by {c}", "decrease it by {c}", "lower it by {c}", "lower the result by {c}", "take {c} off the result", "remove {c} from it", "remove {c} from the result", "reduce the result by {c}", "reduce that by {c}", "take {c} away from it", "deduct {c}", "deduct {c} from it", "subtract the number {c}"],
        [Operation.Multiply] = ["multiply by {c}", "multiply the result by {c}", "multiply it by {c}", "take it times {c}", "multiply it with {c}", "multiply everything by {c}", "take the result times {c}", "multiply that by {c}", "multiply it times {c}", "take that times {c}", "multiply the result with {c}", "multiply with {c}", "take it {c} times", "take the result {c} times", "scale it by {c}"],
        [Operation.Divide] = ["divide by {c}", "divide the result by {c}", "divide it by {c}", "split it by {c}", "split the result into {c} equal parts", "divide everything by {c}", "divide that by {c}", "share the result by {c}", "share it by {c}", "share it among {c}", "share the result among {c}", "split the result by {c}", "split it into {c} equal parts", "split that by {c}", "cut it into {c} equal parts", "divide the result into {c} equal parts"],
    };

    /// <summary>How two commands are joined: {d} and {t}.</summary>
    public static readonly string[] Joins =
    [
        "{d} and then {t}.", "{d}, then {t}.", "First {d}. Then {t}.", "{d}; after that {t}.", "{d} and {t}.", "Start: {d}. Next, {t}.", "{d}, and after that {t}.", "{d}. Now {t}.", "{d}, next {t}.", "First {d}, then {t}.",
        "{d}. After that, {t}.", "{d} and next {t}.", "{d} and finally {t}.", "{d}. Next, {t}.", "{d}. Then {t}.", "{d}. Finally, {t}.", "{d}; then {t}.", "{d}; now {t}.", "First {d}; after that {t}.", "First {d}. After that, {t}.",
        "First {d}. Next, {t}.", "First {d} and then {t}.", "{d}, after that {t}.", "{d}, and then {t}.", "{d}, and finally {t}.", "Start: {d}. Then {t}.", "Start: {d}. After that, {t}.", "Step one: {d}. Step two: {t}.", "Begin: {d}. Then {t}.", "{d}. And then {t}.", "Two steps: {d}, then {t}.",
    ];

    /// <summary>Noun phrases around a computation, with {c}. After a comma the computation is over; elsewhere it must be one that begins with "the".</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Outer = new Dictionary<Operation, string[]>
    {
        [Operation.Add] =
        [
            "the sum of {q} and {c}", "{c} more than {q}", "{q}, plus {c}", "{q}, increased by {c}", "{q}, and {c} more", "{c} added to {q}", "{q}, with {c} added", "{q}, and then {c} more", "the total of {q} and {c}", "{q}, and another {c}", "{q}, raised by {c}", "the result of adding {c} to {q}",
            "{c} plus {q}", "{c} on top of {q}",
        ],
        [Operation.Subtract] =
        [
            "{q}, minus {c}", "{c} less than {q}", "the difference between {q} and {c}", "{q}, reduced by {c}", "{c} subtracted from {q}", "{q}, less {c}", "{q}, with {c} taken away", "{q}, lowered by {c}", "{q}, decreased by {c}", "{c} taken away from {q}", "the result of subtracting {c} from {q}",
            "{q}, without {c}", "{c} taken from {q}", "{q}, with {c} removed",
        ],
        [Operation.Multiply] =
        [
            "{c} times {q}", "the product of {q} and {c}", "{q}, times {c}", "{q}, multiplied by {c}", "{q}, multiplied with {c}", "{q}, taken {c} times", "the result of multiplying {q} by {c}", "{c} multiplied by {q}", "{c} lots of {q}", "{q}, then times {c}", "{q}, x {c}",
        ],
        [Operation.Divide] =
        [
            "{q}, divided by {c}", "the quotient of {q} and {c}", "the result of dividing {q} by {c}", "{q}, split into {c} equal parts", "{q}, over {c}", "{q}, shared by {c}", "{q}, split by {c}", "{q}, then divided by {c}", "{q}, shared equally by {c}", "each part when {q} is split into {c} parts", "{q}, / {c}",
        ],
    };

    /// <summary>Noun phrases for a sum or product of three numbers.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Triples = new Dictionary<Operation, string[]>
    {
        [Operation.Add] = ["the sum of {a}, {b} and {c}", "{a} plus {b} plus {c}", "{a} + {b} + {c}", "the total of {a}, {b} and {c}", "{a}, {b} and {c} together", "{a}, {b} and {c} added up", "{a} and {b} and {c} in total", "the total of {a} and {b} and {c}", "{a}, {b} and {c} in total", "the sum of the numbers {a}, {b} and {c}", "{a} and {b} and {c} together", "{a}, {b} and {c} added together", "{a}+{b}+{c}", "{a} and {b} and {c} added up"],
        [Operation.Multiply] = ["the product of {a}, {b} and {c}", "{a} times {b} times {c}", "{a} * {b} * {c}", "{a} x {b} x {c}", "{a}, {b} and {c} multiplied together", "{a} multiplied by {b} and by {c}", "{a}*{b}*{c}", "the product of the numbers {a}, {b} and {c}", "{a}, {b} and {c} multiplied", "the product of {a} and {b} and {c}", "{a} multiplied by {b} and {c}"],
    };

    /// <summary>What stands around a question: {u} is the question.</summary>
    public static readonly string[] Wraps =
    [
        "Please answer: {u}", "Quick question: {u}", "Hello! {u}", "{u} Thanks.", "Hey, {u}", "Hi there. {u}", "One more: {u}", "{u} Thank you!", "I have a question. {u}", "For my homework: {u}", "My friend asks: {u}", "Next: {u}", "Question for you: {u}",
        "{u} I need it fast.", "Good morning. {u}", "So, {u}", "Okay, {u}", "And now: {u}", "{u} Please be exact.", "I was wondering: {u}", "Can you help me? {u}", "Here is one for you: {u}", "Just checking: {u}", "{u} Please.", "Dear assistant, {u}",
        "Sorry to bother you. {u}", "{u} Use the tools.", "Let's see: {u}", "Tell me something. {u}", "{u} It is important.", "I am in a hurry. {u}", "We are doing sums today. {u}", "By the way, {u}", "{u} Many thanks in advance.", "Task: {u}", "Problem: {u}", "And, {u}", "Now, {u}",
    ];
}
