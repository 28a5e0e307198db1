#include "app/cli/classifyformat.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/inputreader.h"
#include "app/cli/modelfile.h"
#include "app/cli/output.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

/// Prints results as they were asked for.
class Printer
{
public:
    Printer(const ClassifyOptions& options, Output& output)
        : m_output(output)
        , m_json(options.json)
        , m_plain(options.inputs)
    {
    }

    void print(const ClassifiedItem& item)
    {
        m_output.write(m_json ? jsonText(item) : m_plain.text(item.place, verdict(item.prediction)));
    }
    void print(const ItemPlace& place, const NumberReading& reading)
    {
        m_output.write(m_json ? jsonText(place, reading) : m_plain.text(place, verdict(reading)));
    }
    void flush() { m_output.flush(); }
    [[nodiscard]] bool ok() const { return m_output.ok(); }

private:
    Output& m_output;
    bool m_json;
    PlainLines m_plain;
};

/// What is done with the drawings; fails for good when the classifier does.
class Consumer
{
public:
    virtual ~Consumer() = default;
    virtual Result<void> add(ItemPlace place, const InputDrawing& drawing) = 0;
    /// Prints everything that is finished.
    virtual Result<void> finish() = 0;
};

/// Reads each drawing as one digit, a batch of them at once.
class DigitConsumer final : public Consumer
{
public:
    DigitConsumer(Classifier& classifier, Printer& printer)
        : m_classifier(classifier)
        , m_printer(printer)
    {
    }

    Result<void> add(ItemPlace place, const InputDrawing& drawing) override
    {
        m_images.push_back(digitImage(drawing));
        m_places.push_back(std::move(place));
        return m_images.size() >= batchSize ? finish() : Result<void>();
    }

    Result<void> finish() override
    {
        if (m_images.empty()) {
            return {};
        }
        const Result<std::vector<Prediction>> predictions = m_classifier.classify(m_images);
        if (!predictions) {
            return predictions.error();
        }
        for (std::size_t i = 0; i < predictions->size(); ++i) {
            m_printer.print({std::move(m_places[i]), (*predictions)[i]});
        }
        m_images.clear();
        m_places.clear();
        return {};
    }

private:
    static constexpr std::size_t batchSize = 256;

    Classifier& m_classifier;
    Printer& m_printer;
    std::vector<DigitImage> m_images;
    std::vector<ItemPlace> m_places; ///< Where m_images came from.
};

/// Reads each drawing as a number.
class NumberConsumer final : public Consumer
{
public:
    NumberConsumer(Classifier& classifier, Printer& printer)
        : m_reader(classifier)
        , m_printer(printer)
    {
    }

    Result<void> add(ItemPlace place, const InputDrawing& drawing) override
    {
        const Result<NumberReading> reading =
            std::visit([this](const auto& kind) { return read(kind); }, drawing);
        if (!reading) {
            return Error{reading.error().code, place.input.toStdString() + ": " + reading.error().message,
                         reading.error().details};
        }
        m_printer.print(place, *reading);
        return {};
    }
    Result<void> finish() override { return {}; }

private:
    Result<NumberReading> read(const Ink& ink) { return m_reader.read(ink); }
    Result<NumberReading> read(const GrayImage& picture) { return m_reader.read(picture); }
    Result<NumberReading> read(const DigitImage& image)
    {
        GrayImage picture(digitSide, digitSide);
        std::copy(image.pixels.begin(), image.pixels.end(), picture.pixels.begin());
        return m_reader.read(picture);
    }

    NumberReader m_reader;
    Printer& m_printer;
};

/// Takes all drawings from the inputs to the consumer.
class Classification
{
public:
    Classification(Consumer& consumer, Printer& printer)
        : m_consumer(consumer)
        , m_printer(printer)
    {
    }

    /// False once there is no point in going on.
    bool run(const QString& input)
    {
        const Result<std::unique_ptr<InputReader>> reader = InputReader::open(input);
        if (!reader) {
            fail(reader.error());
            return true;
        }
        for (qint64 index = 0; goesOn(); ++index) {
            if (!(*reader)->ready()) {
                flush();
            }
            const InputItem item = (*reader)->next();
            if (item.status == InputItem::Status::Drawing) {
                check(m_consumer.add({input, index, item.line, item.label}, item.drawing));
            } else if (item.status == InputItem::Status::End) {
                break;
            } else {
                fail(item.error);
                if (item.status == InputItem::Status::Failed) {
                    break;
                }
            }
        }
        return goesOn();
    }

    /// Prints everything that is finished.
    void flush()
    {
        if (goesOn()) {
            check(m_consumer.finish());
        }
        m_printer.flush();
    }

    [[nodiscard]] bool failed() const { return m_failed; }

private:
    [[nodiscard]] bool goesOn() const { return m_printer.ok() && !m_broken; }

    void fail(const Error& error)
    {
        say(error);
        m_failed = true;
    }

    /// A drawing that cannot be read spoils no other; a classifier that fails does.
    void check(const Result<void>& result)
    {
        if (!result) {
            fail(result.error());
            m_broken = result.error().code != ErrorCode::InvalidInput;
        }
    }

    Consumer& m_consumer;
    Printer& m_printer;
    bool m_failed = false;
    bool m_broken = false; ///< The classifier itself failed.
};

std::unique_ptr<Consumer> makeConsumer(bool number, Classifier& classifier, Printer& printer)
{
    if (number) {
        return std::make_unique<NumberConsumer>(classifier, printer);
    }
    return std::make_unique<DigitConsumer>(classifier, printer);
}

} // namespace

int runClassify(const ClassifyOptions& options, Output& output)
{
    const Result<std::shared_ptr<const Model>> model = loadModelFile(options.model);
    if (!model) {
        say(model.error());
        return Failed;
    }
    const Result<std::unique_ptr<Classifier>> classifier = (*model)->makeClassifier();
    if (!classifier) {
        say(classifier.error());
        return Failed;
    }
    if (!(*model)->info().digitScoring) {
        say(u"This model cannot tell what is no digit: it accepts all that it is confident of."_s);
    }
    Printer printer(options, output);
    const std::unique_ptr<Consumer> consumer = makeConsumer(options.number, **classifier, printer);
    Classification classification(*consumer, printer);
    for (const QString& input : options.inputs) {
        if (!classification.run(input)) {
            break;
        }
    }
    classification.flush();
    return classification.failed() ? Failed : Done;
}

} // namespace digitpad::cli
