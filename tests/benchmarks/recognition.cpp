// What a model makes of handwriting that it was not trained on, as Markdown tables:
//   bench_recognition MODEL DIGITS.jsonl[.gz] OTHERS.jsonl[.gz] [SOURCE,SOURCE,... [MNIST-FOLDER]]
// Accuracy per source and per class, calibration, telling digits from letters and symbols, and how much is
// lost with other brushes, sizes, places and kinds of picture. Only samples of the named sources count;
// without names, all of them.
#include "core/base/random.h"
#include "core/data/mnist.h"
#include "core/image/normalizer.h"
#include "core/image/picturefile.h"
#include "core/ink/inkfile.h"
#include "core/ink/rasterizer.h"
#include "core/learning/engineloader.h"
#include "core/learning/padreader.h"

#include <QGuiApplication>
#include <QImage>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <map>
#include <numbers>
#include <vector>

using namespace digitpad;

namespace {

/// UNIPEN's sources whose labels are least clean.
const std::vector<std::string> uncleanSources = {"gmd", "val"};

[[noreturn]] void giveUp(const Error& error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    std::exit(1);
}

std::vector<InkSample> readCollection(const QString& path, const QStringList& sources)
{
    auto reader = InkLinesReader::open(path);
    if (!reader) {
        giveUp(reader.error());
    }
    std::vector<InkSample> samples;
    while (true) {
        auto item = (*reader)->next();
        if (item.status == InkLinesReader::Status::End) {
            return samples;
        }
        if (item.status != InkLinesReader::Status::Sample) {
            giveUp(item.error);
        }
        if (sources.isEmpty() || sources.contains(QString::fromStdString(item.sample.source))) {
            samples.push_back(std::move(item.sample));
        }
    }
}

using Draw = std::function<DigitImage(const Ink&)>;

std::vector<Prediction> read(Classifier& classifier, const std::vector<DigitImage>& images)
{
    constexpr std::size_t batch = 256;
    std::vector<Prediction> all;
    all.reserve(images.size());
    for (std::size_t begin = 0; begin < images.size(); begin += batch) {
        const auto part = std::span(images).subspan(begin, std::min(batch, images.size() - begin));
        auto predictions = classifier.classify(part);
        if (!predictions) {
            giveUp(predictions.error());
        }
        all.insert(all.end(), predictions->begin(), predictions->end());
    }
    return all;
}

std::vector<Prediction> read(Classifier& classifier, const std::vector<InkSample>& samples, const Draw& draw)
{
    std::vector<DigitImage> images;
    images.reserve(samples.size());
    for (const InkSample& sample : samples) {
        images.push_back(draw(sample.ink));
    }
    return read(classifier, images);
}

struct Tally
{
    std::size_t samples = 0;
    std::size_t right = 0;
    std::size_t turnedAway = 0;

    void add(const Prediction& prediction, int truth)
    {
        ++samples;
        right += prediction.digit == truth ? 1 : 0;
        turnedAway += prediction.accepted ? 0 : 1;
    }
    void add(const Tally& other)
    {
        samples += other.samples;
        right += other.right;
        turnedAway += other.turnedAway;
    }
    [[nodiscard]] double percentRight() const { return percent(right); }
    [[nodiscard]] double percentTurnedAway() const { return percent(turnedAway); }

private:
    [[nodiscard]] double percent(std::size_t part) const
    {
        return samples == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(samples);
    }
};

void printRow(const std::string& name, const Tally& tally)
{
    std::printf("| %s | %zu | %.2f | %zu | %.2f |\n", name.c_str(), tally.samples, tally.percentRight(),
                tally.samples - tally.right, tally.percentTurnedAway());
}

void printPerSource(const std::vector<InkSample>& digits, const std::vector<Prediction>& predictions)
{
    std::map<std::string, Tally> sources;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        sources[digits[i].source].add(predictions[i], digits[i].digit());
    }
    Tally all;
    Tally clean;
    std::printf(
        "\n| source | digits | right %% | misread | turned away %% |\n| --- | --- | --- | --- | --- |\n");
    for (const auto& [source, tally] : sources) {
        printRow(source, tally);
        all.add(tally);
        if (std::find(uncleanSources.begin(), uncleanSources.end(), source) == uncleanSources.end()) {
            clean.add(tally);
        }
    }
    printRow("with clean labels", clean);
    printRow("all", all);
}

void printPerClass(const std::vector<InkSample>& digits, const std::vector<Prediction>& predictions)
{
    std::array<Tally, digitClasses> classes;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        classes[static_cast<std::size_t>(digits[i].digit())].add(predictions[i], digits[i].digit());
    }
    std::printf(
        "\n| class | digits | right %% | misread | turned away %% |\n| --- | --- | --- | --- | --- |\n");
    for (std::size_t digit = 0; digit < classes.size(); ++digit) {
        printRow(std::to_string(digit), classes[digit]);
    }
}

/// Expected calibration error, fifteen bins of equal width.
double calibrationError(const std::vector<InkSample>& digits, const std::vector<Prediction>& predictions)
{
    constexpr std::size_t bins = 15;
    std::array<double, bins> surplus{};
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const double confidence = static_cast<double>(predictions[i].confidence);
        const auto bin = std::min(bins - 1, static_cast<std::size_t>(confidence * bins));
        surplus[bin] += confidence - (predictions[i].digit == digits[i].digit() ? 1 : 0);
    }
    double sum = 0;
    for (const double bin : surplus) {
        sum += std::abs(bin);
    }
    return sum / static_cast<double>(digits.size());
}

double score(const Prediction& prediction)
{
    return static_cast<double>(prediction.digitScore < 0 ? prediction.confidence : prediction.digitScore);
}

/// The chance that a digit scores higher than one of the others, ties counted half.
double auroc(const std::vector<Prediction>& digits, const std::vector<Prediction>& others)
{
    std::vector<double> low;
    low.reserve(others.size());
    for (const Prediction& prediction : others) {
        low.push_back(score(prediction));
    }
    std::sort(low.begin(), low.end());
    double sum = 0;
    for (const Prediction& prediction : digits) {
        const auto [first, last] = std::equal_range(low.begin(), low.end(), score(prediction));
        sum += static_cast<double>((first - low.begin()) + (last - low.begin())) / 2;
    }
    return sum / static_cast<double>(digits.size()) / static_cast<double>(low.size());
}

bool isLetter(const InkSample& sample)
{
    return sample.label.size() == 1 && std::isalpha(static_cast<unsigned char>(sample.label.front())) != 0;
}

void printRejection(Classifier& classifier, const std::vector<Prediction>& digits,
                    const std::vector<InkSample>& others, const Draw& draw)
{
    std::printf("\n| not a digit | samples | AUROC | called a digit %% |\n| --- | --- | --- | --- |\n");
    for (const bool letters : {true, false}) {
        std::vector<InkSample> kind;
        std::copy_if(others.begin(), others.end(), std::back_inserter(kind),
                     [letters](const InkSample& sample) { return isLetter(sample) == letters; });
        if (kind.empty()) {
            continue;
        }
        const auto predictions = read(classifier, kind, draw);
        const auto accepted = std::count_if(predictions.begin(), predictions.end(),
                                            [](const Prediction& p) { return p.accepted; });
        std::printf("| %s | %zu | %.4f | %.1f |\n", letters ? "letters" : "symbols", kind.size(),
                    auroc(digits, predictions),
                    100.0 * static_cast<double>(accepted) / static_cast<double>(kind.size()));
    }
}

/// The ink somewhere on the pad, its centreline's longer side `size` of the pad's (or what the brush leaves
/// of it), drawn with a brush of `brush` of the pad; `across` and `down`, 0 to 1, choose among the places
/// where it fits.
Ink placed(const Ink& ink, double size, double brush, double across, double down)
{
    double left = std::numeric_limits<double>::infinity();
    double top = left;
    double right = -left;
    double bottom = -left;
    for (const auto& stroke : ink.strokes) {
        for (const InkPoint& point : stroke->points) {
            left = std::min(left, static_cast<double>(point.x));
            right = std::max(right, static_cast<double>(point.x));
            top = std::min(top, static_cast<double>(point.y));
            bottom = std::max(bottom, static_cast<double>(point.y));
        }
    }
    const double side = Drawing::side;
    const double width = brush * side;
    const double scale = std::min(size * side, side - width) / std::max({right - left, bottom - top, 1e-9});
    const double x = width / 2 + across * std::max(0.0, side - width - (right - left) * scale);
    const double y = width / 2 + down * std::max(0.0, side - width - (bottom - top) * scale);
    Ink result;
    for (const auto& stroke : ink.strokes) {
        Stroke moved;
        moved.width = static_cast<float>(width);
        for (InkPoint point : stroke->points) {
            point.x = static_cast<float>(x + (static_cast<double>(point.x) - left) * scale);
            point.y = static_cast<float>(y + (static_cast<double>(point.y) - top) * scale);
            moved.points.push_back(point);
        }
        result.add(std::move(moved));
    }
    return result;
}

DigitImage readAsInk(const Ink& ink)
{
    return digitImage(PadContent{ink, nullptr});
}

GrayImage drawnOn(const Ink& ink, int pixels)
{
    GrayImage picture(pixels, pixels);
    drawInk(picture, ink, pixels / static_cast<double>(Drawing::side));
    return picture;
}

/// What a person might hand in as a file, made from the ink.
enum class Picture { LightOnDark, DarkOnLight, Photograph };

QImage pictureOf(const Ink& ink, Picture kind, Random& random)
{
    constexpr int pixels = 400;
    const GrayImage drawn = drawnOn(ink, pixels);
    QImage image(pixels, pixels, QImage::Format_Grayscale8);
    // Paper in uneven light, ink that is no black, and the sensor's noise.
    const double tilt = random.uniform(-40, 40);
    const double slope = random.uniform(-40, 40);
    const double paper = random.uniform(150, 210);
    const double darkness = random.uniform(0.5, 0.8);
    for (int y = 0; y < pixels; ++y) {
        auto* row = image.scanLine(y);
        for (int x = 0; x < pixels; ++x) {
            const double inked = drawn.row(y)[x] / 255.0;
            double value = kind == Picture::LightOnDark ? 255 * inked : 255 * (1 - inked);
            if (kind == Picture::Photograph) {
                const double light = paper + tilt * x / pixels + slope * y / pixels;
                value = light * (1 - darkness * inked) + 4 * random.normal();
            }
            row[x] = static_cast<uchar>(std::clamp(std::lround(value), 0L, 255L));
        }
    }
    return image;
}

double percentRight(Classifier& classifier, const std::vector<InkSample>& digits, const Draw& draw)
{
    const auto predictions = read(classifier, digits, draw);
    Tally tally;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        tally.add(predictions[i], digits[i].digit());
    }
    return tally.percentRight();
}

void printSweep(Classifier& classifier, const std::vector<InkSample>& digits)
{
    const double plain = percentRight(classifier, digits, readAsInk);
    const auto row = [&](const char* brush, const char* size, const char* how, const Draw& draw) {
        const double right = percentRight(classifier, digits, draw);
        std::printf("| %s | %s | %s | %.2f | %+.2f |\n", brush, size, how, right, right - plain);
    };
    std::printf("\n| brush, %% of the pad | size, %% | as | right %% | against the ink as it is |\n"
                "| --- | --- | --- | --- | --- |\n");
    for (const double brush : {0.01, 0.06, 0.2}) {
        for (const double size : {0.05, 0.3, 1.0}) {
            Random random(1);
            row(std::to_string(std::lround(brush * 100)).c_str(),
                std::to_string(std::lround(size * 100)).c_str(), "ink, anywhere", [&](const Ink& ink) {
                    return readAsInk(placed(ink, size, brush, random.uniform(0, 1), random.uniform(0, 1)));
                });
        }
    }
    const auto pictures = [&](const char* name, Picture kind) {
        Random random(1);
        row("2 to 8", "20 to 100", name, [&](const Ink& ink) {
            const double size = random.uniform(0.2, 1.0);
            const Ink there = placed(ink, size, size * random.uniform(0.06, 0.12), random.uniform(0, 1),
                                     random.uniform(0, 1));
            return normalizePicture(inkFromPicture(pictureOf(there, kind, random), false));
        });
    };
    pictures("picture, light on dark", Picture::LightOnDark);
    pictures("picture, dark on light", Picture::DarkOnLight);
    pictures("photograph in uneven light", Picture::Photograph);
}

void printMnist(const Model& model, const QString& folder)
{
    auto test = readIdxHalf(folder, IdxHalf::Test, QStringLiteral("MNIST test"));
    if (!test || !*test) {
        std::fprintf(stderr, "MNIST's test set is not in that folder.\n");
        return;
    }
    const auto evaluation = model.evaluate(**test, {});
    if (!evaluation) {
        giveUp(evaluation.error());
    }
    std::printf("\nMNIST test: %zu images, %.2f %% right, calibration error %.4f, %zu turned away\n",
                evaluation->images, 100 * evaluation->accuracy, evaluation->calibrationError,
                evaluation->turnedAway);
}

} // namespace

int main(int argc, char* argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const QStringList arguments = QGuiApplication::arguments();
    if (arguments.size() < 4) {
        std::fprintf(stderr, "bench_recognition MODEL DIGITS OTHERS [SOURCE,... [MNIST-FOLDER]]\n");
        return 2;
    }
    const QStringList sources = arguments.value(4).split(u',', Qt::SkipEmptyParts);
    const auto digits = readCollection(arguments[2], sources);
    const auto others = readCollection(arguments[3], sources);
    const auto engine = loadEngine();
    if (!engine) {
        giveUp(engine.error());
    }
    const auto model = (*engine)->loadModel(arguments[1].toStdString());
    if (!model) {
        giveUp(model.error());
    }
    auto classifier = (*model)->makeClassifier();
    if (!classifier) {
        giveUp(classifier.error());
    }
    const auto predictions = read(**classifier, digits, readAsInk);
    printPerSource(digits, predictions);
    printPerClass(digits, predictions);
    std::printf("\nCalibration error: %.4f\n", calibrationError(digits, predictions));
    printRejection(**classifier, predictions, others, readAsInk);
    printSweep(**classifier, digits);
    if (arguments.size() > 5) {
        printMnist(**model, arguments[5]);
    }
    return 0;
}
