#include "app/cli/classifyformat.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/inputreader.h"
#include "app/cli/modelfile.h"
#include "app/cli/output.h"

#include <memory>
#include <vector>

namespace digitpad::cli {

namespace {

/// Collects images, reads a batch of them at once, and prints the results in order.
class Classification
{
public:
    Classification(Classifier& classifier, const ClassifyOptions& options, Output& output)
        : m_classifier(classifier)
        , m_output(output)
        , m_json(options.json)
        , m_plain(options.inputs)
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
            if (item.status == InputItem::Status::Image) {
                add(input, index, item);
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
        classifyBatch();
        m_output.flush();
    }

    [[nodiscard]] bool failed() const { return m_failed; }

private:
    static constexpr std::size_t batchSize = 256;

    [[nodiscard]] bool goesOn() const { return m_output.ok() && !m_broken; }

    void fail(const Error& error)
    {
        say(error);
        m_failed = true;
    }

    void add(const QString& input, qint64 index, const InputItem& item)
    {
        m_images.push_back(item.image);
        m_items.push_back(ClassifiedItem{input, index, item.line, item.label, {}});
        if (m_images.size() >= batchSize) {
            classifyBatch();
        }
    }

    void classifyBatch()
    {
        if (m_images.empty() || !goesOn()) {
            return;
        }
        const Result<std::vector<Prediction>> predictions = m_classifier.classify(m_images);
        if (predictions) {
            print(*predictions);
        } else {
            fail(predictions.error());
            m_broken = true;
        }
        m_images.clear();
        m_items.clear();
    }

    void print(const std::vector<Prediction>& predictions)
    {
        for (std::size_t i = 0; i < predictions.size(); ++i) {
            m_items[i].prediction = predictions[i];
            m_output.write(m_json ? jsonText(m_items[i]) : m_plain.text(m_items[i]));
        }
    }

    Classifier& m_classifier;
    Output& m_output;
    bool m_json;
    PlainLines m_plain;
    bool m_failed = false;
    bool m_broken = false; ///< The classifier itself failed.
    std::vector<DigitImage> m_images;
    std::vector<ClassifiedItem> m_items; ///< What m_images were read from.
};

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
    Classification classification(**classifier, options, output);
    for (const QString& input : options.inputs) {
        if (!classification.run(input)) {
            break;
        }
    }
    classification.flush();
    return classification.failed() ? Failed : Done;
}

} // namespace digitpad::cli
