namespace Hub.Nano.Tasks;

/// <summary>Word problems: a beginning, an event and a question for each way in which numbers meet. Each part is an atom that can be reserved.</summary>
/// <remarks>Slots: {P} a person, {O} things in the plural, {K} a container in the singular, {Ks} its plural, {a} and {b} numbers.</remarks>
internal static class StoryPhrases
{
    public static readonly string[] People =
    [
        "Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gina", "Hugo", "Iris", "Jon", "Kira", "Leo", "Mia", "Nils", "Olga", "Paul", "Rosa", "Sam", "Tara", "Uwe", "Vera", "Walt", "Yara", "Zoe", "my sister", "my brother", "a farmer", "a baker",
        "the teacher", "a shop", "our school", "the library", "my uncle", "a driver", "the team", "a gardener", "a student", "the museum", "my aunt", "a hotel",
    ];

    public static readonly string[] Things =
    [
        "apples", "books", "coins", "pens", "eggs", "cards", "stamps", "marbles", "cookies", "tickets", "flowers", "stones", "bottles", "oranges", "shells", "balloons", "cups", "pencils", "chairs", "nuts", "beads", "plates", "buttons", "candles",
        "bricks", "toys", "letters", "photos", "sweets", "points", "tomatoes", "keys", "lamps", "boxes of tea", "liters of water", "euros", "dollars", "pears", "stickers", "nails",
    ];

    public static readonly (string One, string Many)[] Containers =
    [
        ("box", "boxes"), ("bag", "bags"), ("row", "rows"), ("shelf", "shelves"), ("crate", "crates"), ("basket", "baskets"), ("page", "pages"), ("pack", "packs"), ("truck", "trucks"), ("drawer", "drawers"), ("tray", "trays"), ("jar", "jars"),
        ("table", "tables"), ("room", "rooms"), ("bucket", "buckets"), ("carton", "cartons"), ("folder", "folders"), ("case", "cases"),
    ];

    public static readonly string[] AddBegins = ["{P} has {a} {O}", "{P} owns {a} {O}", "{P} had {a} {O} at first", "There are {a} {O} on the table", "{P} starts with {a} {O}", "{P} collected {a} {O}", "{P} sold {a} {O} on Monday", "{P} counted {a} {O}", "We have {a} {O}", "I have {a} {O}", "{P} keeps {a} {O}", "There were {a} {O} in the {K}", "{P} bought {a} {O}", "{P} found {a} {O} yesterday", "We counted {a} {O}", "I bought {a} {O}"];

    public static readonly string[] AddEvents = ["gets {b} more", "buys {b} more", "finds {b} more", "receives another {b}", "is given {b} more", "adds {b} more", "wins {b} more", "then gets {b} extra", "picks up another {b}", "later buys {b} further ones", "adds another {b}", "buys another {b}", "collects {b} more", "is given another {b}", "gets {b} new ones", "then finds {b} others"];

    public static readonly string[] AddAsks = ["How many {O} are there in total?", "How many {O} are there now?", "How many {O} is that altogether?", "How many {O} does that make?", "What is the total number of {O}?", "How many {O} are there in all?", "How many are there together?", "How many {O} are there altogether?", "What is the total?", "How many {O} are there together?", "How many {O} is that in total?"];

    public static readonly string[] SubtractBegins = ["{P} has {a} {O}", "{P} had {a} {O}", "{P} owns {a} {O}", "There were {a} {O} on the table", "{P} bought {a} {O}", "{P} started with {a} {O}", "I had {a} {O}", "We had {a} {O}", "{P} baked or bought {a} {O}", "{P} kept {a} {O}", "{P} collected {a} {O}", "There were {a} {O} in the {K}", "{P} found {a} {O}", "I bought {a} {O}", "We counted {a} {O}", "{P} keeps {a} {O}"];

    public static readonly string[] SubtractEvents = ["loses {b} of them", "gives away {b}", "sells {b}", "uses {b} of them", "gives {b} to a friend", "breaks {b}", "throws away {b}", "lends out {b}", "spends {b} of them", "takes {b} away", "removes {b} of them", "lost {b} of them", "sells {b} of them", "gives {b} away", "eats or uses {b}", "hands {b} to a friend", "loses {b}", "uses up {b}", "drops {b} of them", "sends {b} away"];

    public static readonly string[] SubtractAsks = ["How many {O} are left?", "How many {O} remain?", "How many {O} are there now?", "How many are left over?", "How many {O} are still there?", "What is the number of {O} that remain?", "How many {O} does that leave?", "How many {O} are still left?", "How many remain?", "How many {O} are left over?", "How many are still there?"];

    public static readonly string[] MultiplyFacts =
    [
        "Each {K} holds {a} {O}. There are {b} {Ks}.", "A {K} has {a} {O}. {P} has {b} {Ks}.", "There are {b} {Ks} with {a} {O} each.", "{P} has {b} {Ks} with {a} {O} in each.", "One {K} holds {a} {O}, and there are {b} {Ks}.", "{P} fills {b} {Ks} with {a} {O} each.",
        "Every {K} contains {a} {O}. {P} buys {b} {Ks}.", "{P} puts {a} {O} into each of {b} {Ks}.", "In each {K} there are {a} {O}. We have {b} {Ks}.", "{P} carries {b} {Ks}. Each {K} holds {a} {O}.", "{P} gets {a} {O} every day for {b} days.", "{P} makes {a} {O} an hour and works for {b} hours.",
        "{P} needs {a} {O} each week. {b} weeks go by.", "{P} sells {a} {O} a day for {b} days.",
        "There are {b} {Ks}, each with {a} {O}.", "Each of {b} {Ks} has {a} {O}.", "{P} has {b} {Ks}. In each {K} there are {a} {O}.", "A {K} holds {a} {O}. We have {b} {Ks}.", "{P} buys {b} {Ks}. Every {K} contains {a} {O}.", "{P} collects {a} {O} every week for {b} weeks.",
    ];

    public static readonly string[] MultiplyAsks = ["How many {O} are there in total?", "How many {O} are there altogether?", "How many {O} is that?", "What is the total number of {O}?", "How many {O} are there in all?", "How many {O} does that make?", "How many {O} is that altogether?", "How many {O} are there together?", "How many {O} is that in total?", "What is the number of all {O}?"];

    public static readonly string[] DivideFacts =
    [
        "{P} shares {a} {O} equally among {b} people.", "{a} {O} are shared by {b} people.", "{P} puts {a} {O} into {b} {Ks}, the same number in each.", "{a} {O} are split equally into {b} {Ks}.", "{P} divides {a} {O} equally between {b} friends.", "{b} children share {a} {O} equally.",
        "{P} has {a} {O} and {b} {Ks} and fills all {Ks} equally.", "{a} {O} are dealt out to {b} players in equal parts.", "{P} packs {a} {O} into {b} equal {Ks}.", "{P} uses up {a} {O} in {b} days, the same number each day.", "{P} spreads {a} {O} evenly over {b} {Ks}.", "{P} splits {a} {O} into {b} equal groups.",
        "{P} gives {a} {O} to {b} people in equal parts.", "{a} {O} go equally to {b} children.", "{b} friends split {a} {O} equally.", "{a} {O} are put into {b} {Ks} in equal parts.", "{P} sorts {a} {O} into {b} equal groups.", "{b} people get {a} {O} in equal shares.",
    ];

    public static readonly string[] DivideAsks = ["How many {O} are in each part?", "How many {O} does each one get?", "How many {O} is that for each?", "How many {O} are there for each one?", "How many {O} per share?", "What is each share?", "How many {O} does each share have?", "How many {O} does each get?", "How many {O} are in one part?", "How many {O} go to each one?", "How many is that for each one?"];

    /// <summary>Whole problems of one sentence.</summary>
    public static readonly IReadOnlyDictionary<Operation, string[]> Whole = new Dictionary<Operation, string[]>
    {
        [Operation.Add] =
        [
            "I have {a} {O} and buy {b} more. How many do I have?", "A shop sold {a} {O} and then {b} {O}. How many were sold in total?", "There are {a} men and {b} women. How many people are there?", "One bag weighs {a} grams and the other {b} grams. How heavy are both together?",
            "{P} walked {a} meters and then {b} meters more. How far is that?", "A book costs {a} and a bag costs {b}. What do they cost together?", "It was {a} degrees and got {b} degrees warmer. How warm is it now?", "How many {O} are {a} {O} and {b} {O}?", "If {P} has {a} {O} and gets {b} more, how many {O} is that?",
            "{P} read {a} pages yesterday and {b} pages today. How many pages is that in total?", "What is the total price of two things that cost {a} and {b}?", "A bus has {a} people and {b} more get on. How many people are on the bus?",
            "One {K} weighs {a} grams and another weighs {b} grams. What do they weigh together?", "The first {K} holds {a} {O} and the second holds {b}. How many {O} do both hold?", "There are {a} red {O} and {b} blue {O}. How many {O} are there?", "{P} paid {a} for the {O} and {b} for the {K}. How much is that together?", "A town had {a} people and {b} more moved in. How many people live there now?", "{P} is {a} years old. How old will {P} be in {b} years?", "A pole is {a} meters long and another is {b} meters long. How long are both together?", "{P} drove {a} km in the morning and {b} km in the evening. How far is that in total?", "How much do {a} euros and {b} euros make together?", "There are {a} {O} in one {K} and {b} {O} in the other. How many {O} are in both?", "A plant was {a} cm tall and grew {b} cm. How tall is it now?", "{P} saved {a} coins last year and {b} coins this year. How much did {P} save together?",
        ],
        [Operation.Subtract] =
        [
            "I had {a} {O} and lost {b}. How many are left?", "A tank holds {a} liters and {b} liters leak out. How many remain?", "There were {a} birds and {b} flew away. How many are left?", "A rope is {a} meters long and {b} meters are cut off. How long is it now?", "{P} had {a} {O} and gave away {b}. How many {O} are left?",
            "It was {a} degrees and got {b} degrees colder. How warm is it now?", "A bus has {a} people and {b} get off. How many people are still on the bus?", "{P} has {a} {O} and {b} of them are old. How many are new?", "Of {a} {O}, {b} are red. How many are not red?", "How many {O} are left if {P} has {a} {O} and sells {b}?",
            "A coat cost {a} and is now {b} cheaper. What does it cost?", "{P} must walk {a} meters and has walked {b} meters. How far is it still?",
            "{P} has {a} {O} and {b} of them break. How many {O} are still whole?", "A {K} holds {a} {O}, and {b} are taken out. How many {O} are left in it?", "A class has {a} students and {b} of them are ill. How many are there today?", "{P} has {a} euros and spends {b}. How much is left?", "A book has {a} pages and {P} has read {b}. How many pages remain?", "Of {a} people, {b} went home. How many stayed?", "{P} needs {a} {O} and has {b}. How many more are needed?", "A town had {a} people and {b} moved away. How many people live there now?", "There are {a} {O}. {P} takes {b}. How many {O} remain?", "A bottle of {a} ml loses {b} ml. How much remains in it?", "{P} had {a} coins and paid {b}. How many coins are left?", "How many {O} remain if {b} of {a} {O} are eaten?",
        ],
        [Operation.Multiply] =
        [
            "A box holds {a} pens. How many pens are in {b} boxes?", "Each of {a} workers earns {b} coins. How much do they earn in total?", "A train runs {a} km a day. How far does it run in {b} days?", "One ticket costs {a}. What do {b} tickets cost?", "How many seats are in {a} rows of {b} seats?", "How many {O} are in {b} {Ks} of {a} {O} each?",
            "If one {K} holds {a} {O}, how many {O} do {b} {Ks} hold?", "What do {b} {Ks} weigh if one {K} weighs {a} grams?", "{P} pays {a} a month. How much is that in {b} months?", "A machine makes {a} {O} an hour. How many does it make in {b} hours?", "A room is {a} meters long and {b} meters wide. What is its area?", "What is the price of {b} {O} at {a} each?",
            "{P} earns {a} a day. How much is that in {b} days?", "There are {b} rows with {a} chairs each. How many chairs are there?", "A {K} weighs {a} grams. What do {b} {Ks} weigh together?", "One page has {a} words. How many words are on {b} pages?", "A garden is {a} meters by {b} meters. What is its area?", "{P} runs {a} meters every day. How many meters is that in {b} days?", "Every one of {b} children gets {a} {O}. How many {O} are needed?", "A factory makes {a} {O} per day. How many {O} does it make in {b} days?", "What do {b} {O} cost at {a} euros each?", "How many {O} are needed for {b} {Ks} with {a} {O} in each?", "{b} people pay {a} euros each. How much is paid in total?", "There are {a} {O} in a {K}. How many {O} are in {b} such {Ks}?",
        ],
        [Operation.Divide] =
        [
            "{a} coins are shared by {b} people. How much does each get?", "{a} pens are put into {b} boxes. How many are in each box?", "How many {O} does each of {b} people get from {a} {O}?", "{b} tickets cost {a}. What does one ticket cost?", "A train runs {a} km in {b} hours. How far does it run in one hour?", "If {b} people share {a} {O} equally, how many does each get?",
            "{P} reads {a} pages in {b} days. How many pages is that a day?", "A rope of {a} meters is cut into {b} equal parts. How long is each part?", "How many {Ks} of {b} {O} can be filled with {a} {O}?", "{P} earns {a} in {b} days. How much is that a day?", "{b} equal {Ks} weigh {a} grams together. What does one {K} weigh?", "How many groups of {b} can be made from {a} people?",
            "{P} shares {a} {O} equally among {b} children. How many does each child get?", "{b} {O} cost {a}. How much is one?", "{a} {O} are packed into {b} {Ks} equally. How many are in each {K}?", "How many {O} does each of {b} {Ks} hold if {a} {O} are spread evenly?", "{b} workers earn {a} coins together, all the same. What does each earn?", "How many teams of {b} can {a} players form?", "{P} drives {a} km in {b} hours. How far is that per hour?", "A {K} of {a} {O} is split equally among {b} people. How many does each one get?", "{a} chairs stand in {b} equal rows. How many chairs are in a row?", "{P} pays {a} for {b} equal months. How much is that a month?", "{a} meters of rope are cut into {b} equal parts. How long is one part?", "How many {Ks} are needed for {a} {O} if each {K} holds {b}?",
        ],
    };
}
