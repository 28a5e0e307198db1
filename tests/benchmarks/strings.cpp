// How well whole numbers are read, and what it costs that the digits must be told apart first: strings of
// digits that were written one by one, put side by side.
//
//   bench_strings PEN_DIGITS.jsonl.gz [MODEL.pt] [--sources a,b,c] [--strings N]
//
// prints, as ink and as pictures, for several spacings, how many strings are read right as a whole, by their
// length, and beside it how many would be right if each digit were read alone: the ceiling. Writers that the
// model learned from make digits easy; then look at what lies between the two.
#include "core/base/random.h"
#include "core/image/normalizer.h"
#include "core/ink/inkfile.h"
#include "core/ink/inkparts.h"
#include "core/learning/engineloader.h"
#include "core/learning/numberreader.h"

#include <QCoreApplication>
#include <QSet>
#include <QStringList>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

using namespace digitpad;

namespace {

/// Of the collection's sources those on which nothing was tuned.
const char* const heldOutSources = "aga,apb,app,art,gmd,lou,pri";
constexpr int longest = 8;

struct Spacing
{
    const char* name;
    double least; ///< Gap between the boxes, in parts of the height.
    double most;
};
constexpr std::array<Spacing, 4> spacings{{{"wide 35-70 %", 0.35, 0.7},
                                           {"ordinary 8-35 %", 0.08, 0.35},
                                           {"tight 0-8 %", 0, 0.08},
                                           {"overlapping -12-0 %", -0.12, 0}}};

struct Options
{
    QString digits;
    QString model;
    QSet<QString> sources;
    int strings = 400;
};

Options parse(const QStringList& arguments)
{
    Options options;
    QString sources = QLatin1String(heldOutSources);
    QStringList files;
    for (int i = 1; i < arguments.size(); ++i) {
        if (arguments[i] == QLatin1String("--sources") && i + 1 < arguments.size()) {
            sources = arguments[++i];
        } else if (arguments[i] == QLatin1String("--strings") && i + 1 < arguments.size()) {
            options.strings = arguments[++i].toInt();
        } else {
            files.append(arguments[i]);
        }
    }
    options.digits = files.value(0);
    options.model = files.value(1, bundledModelPath());
    const QStringList list = sources.split(QLatin1Char(','), Qt::SkipEmptyParts);
    options.sources = QSet<QString>(list.begin(), list.end());
    return options;
}

struct Digit
{
    Ink ink;
    char label;
};

std::vector<Digit> load(const Options& options)
{
    std::vector<Digit> digits;
    const auto reader = InkLinesReader::open(options.digits);
    if (!reader) {
        std::fprintf(stderr, "%s\n", reader.error().message.c_str());
        return digits;
    }
    for (auto item = (*reader)->next(); item.status != InkLinesReader::Status::End;
         item = (*reader)->next()) {
        if (item.status == InkLinesReader::Status::Failed) {
            std::fprintf(stderr, "%s\n", item.error.message.c_str());
            break;
        }
        const bool wanted = options.sources.contains(QString::fromStdString(item.sample.source));
        if (item.status == InkLinesReader::Status::Sample && wanted && item.sample.digit() >= 0) {
            digits.push_back({item.sample.ink, item.sample.label.front()});
        }
    }
    return digits;
}

InkBox boxOf(const Ink& ink)
{
    InkBox box;
    for (const InkPart& part : strokeParts(ink)) {
        box = box.empty() ? part.box : united(box, part.box);
    }
    return box;
}

/// Appends the digit with its box's left side at `x`; returns where its right side is. About 100 units high,
/// standing about on y = 100.
double place(Ink& line, const Ink& digit, double x, float width, Random& random)
{
    const InkBox box = boxOf(digit);
    const double boxWidth = double{box.right} - double{box.left};
    const double boxHeight = double{box.bottom} - double{box.top};
    // A digit that is nearly flat would come out as wide as a word.
    const double scale = random.uniform(85, 115) / std::max({boxHeight, boxWidth / 1.5, 1e-3});
    const double bottom = 100 + random.uniform(-5, 5);
    for (const auto& source : digit.strokes) {
        Stroke stroke = *source;
        stroke.width = width;
        for (InkPoint& point : stroke.points) {
            point.x = static_cast<float>(x + (double{point.x} - double{box.left}) * scale);
            point.y = static_cast<float>(bottom + (double{point.y} - double{box.bottom}) * scale);
        }
        line.add(std::move(stroke));
    }
    return x + boxWidth * scale;
}

struct Text
{
    Ink ink;
    std::string truth;
    std::vector<const Ink*> digits;
};

/// `penWidth` in units counts into the gaps, so that they are what shows; 0 where strokes are known.
Text compose(const std::vector<Digit>& digits, int length, const Spacing& spacing, float penWidth,
             Random& random)
{
    Text text;
    double x = 0;
    for (int i = 0; i < length; ++i) {
        const Digit& digit = digits[random.below(digits.size())];
        x = place(text.ink, digit.ink, x, penWidth, random);
        x += random.uniform(spacing.least, spacing.most) * 100 + double{penWidth};
        text.truth += digit.label;
        text.digits.push_back(&digit.ink);
    }
    return text;
}

GrayImage painted(const Ink& ink, double scale)
{
    const InkBox box = boxOf(ink);
    constexpr float margin = 20;
    Ink moved;
    for (const auto& source : ink.strokes) {
        Stroke stroke = *source;
        for (InkPoint& point : stroke.points) {
            point.x += margin - box.left;
            point.y += margin - box.top;
        }
        moved.add(std::move(stroke));
    }
    const auto pixels = [scale](float from, float to) {
        return static_cast<int>((double{to} - double{from} + 2 * double{margin}) * scale);
    };
    GrayImage picture(pixels(box.left, box.right), pixels(box.top, box.bottom));
    drawInk(picture, moved, scale);
    return picture;
}

struct Score
{
    int strings = 0;
    int right = 0;
    int lengthRight = 0;
    int ceiling = 0;
    double seconds = 0;
};

/// Reads one string; false where the recogniser failed.
bool read(const Text& text, const GrayImage* picture, Classifier& classifier, Score& score)
{
    NumberReader reader(classifier);
    const auto start = std::chrono::steady_clock::now();
    const auto reading = picture != nullptr ? reader.read(*picture) : reader.read(text.ink);
    score.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::vector<DigitImage> alone;
    for (const Ink* digit : text.digits) {
        alone.push_back(normalizeInk(*digit));
    }
    const auto predictions = classifier.classify(alone);
    if (!reading || !predictions) {
        std::fprintf(stderr, "%s\n", (reading ? predictions.error() : reading.error()).message.c_str());
        return false;
    }
    std::string separately;
    for (const Prediction& prediction : *predictions) {
        separately += static_cast<char>('0' + prediction.digit);
    }
    ++score.strings;
    score.right += reading->number == text.truth ? 1 : 0;
    score.lengthRight += reading->number.size() == text.truth.size() ? 1 : 0;
    score.ceiling += separately == text.truth ? 1 : 0;
    return true;
}

double percent(int part, int whole)
{
    return 100.0 * part / std::max(1, whole);
}

void print(const std::array<Score, longest + 1>& scores)
{
    Score all;
    std::printf("   right:");
    for (int length = 1; length <= longest; ++length) {
        const Score& score = scores[static_cast<std::size_t>(length)];
        std::printf(" %6.1f", percent(score.right, score.strings));
        if (length > 1) {
            all.strings += score.strings;
            all.right += score.right;
            all.lengthRight += score.lengthRight;
            all.ceiling += score.ceiling;
            all.seconds += score.seconds;
        }
    }
    std::printf(" | %6.2f\n ceiling:", percent(all.right, all.strings));
    for (int length = 1; length <= longest; ++length) {
        const Score& score = scores[static_cast<std::size_t>(length)];
        std::printf(" %6.1f", percent(score.ceiling, score.strings));
    }
    std::printf(" | %6.2f   right count of digits %.2f %%, %.1f ms a string\n",
                percent(all.ceiling, all.strings), percent(all.lengthRight, all.strings),
                1000 * all.seconds / std::max(1, all.strings));
}

/// Strings of each length; `picture` paints them with a brush of 6 to 14 % of their height, 40 to 160 pixels
/// high.
bool measure(const std::vector<Digit>& digits, const Spacing& spacing, bool picture, int strings,
             Classifier& classifier)
{
    std::printf("%s, %s\n", picture ? "pictures" : "ink", spacing.name);
    std::array<Score, longest + 1> scores;
    Random random(2024);
    for (int length = 1; length <= longest; ++length) {
        for (int i = 0; i < strings; ++i) {
            const float penWidth = picture ? static_cast<float>(random.uniform(6, 14)) : 0;
            const Text text = compose(digits, length, spacing, penWidth, random);
            const GrayImage image = picture ? painted(text.ink, random.uniform(0.4, 1.6)) : GrayImage();
            if (!read(text, picture ? &image : nullptr, classifier,
                      scores[static_cast<std::size_t>(length)])) {
                return false;
            }
        }
    }
    print(scores);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const Options options = parse(QCoreApplication::arguments());
    const std::vector<Digit> digits = load(options);
    if (digits.empty()) {
        std::fprintf(stderr,
                     "Usage: bench_strings PEN_DIGITS.jsonl.gz [MODEL.pt] [--sources a,b,c] [--strings N]\n");
        return 2;
    }
    const auto engine = loadEngine();
    const auto model = engine ? (*engine)->loadModel(options.model.toStdString()) : engine.error();
    const auto classifier = model ? (*model)->makeClassifier() : model.error();
    if (!classifier) {
        std::fprintf(stderr, "%s\n", classifier.error().message.c_str());
        return 1;
    }
    std::printf("%zu digits of other hands than those tuned on; %d strings a length\n", digits.size(),
                options.strings);
    std::printf(" length:       1      2      3      4      5      6      7      8 |    2-8\n");
    for (const bool picture : {false, true}) {
        for (const Spacing& spacing : spacings) {
            if (!measure(digits, spacing, picture, options.strings, **classifier)) {
                return 1;
            }
        }
    }
    return 0;
}
