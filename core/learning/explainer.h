#pragma once

#include "core/learning/engine.h"

#include <QObject>
#include <QString>

#include <memory>

namespace digitpad {

/// An image, and why a model reads it as it does.
struct ExplainedImage
{
    DigitImage image;
    Explanation explanation;
};

/// Explains readings off the GUI thread, on one thread of its own. Newest
/// wins: while one is being answered at most one other waits, and a newer one takes its place. The façade
/// lives on the GUI thread and never blocks it.
class Explainer : public QObject
{
    Q_OBJECT

public:
    explicit Explainer(QObject* parent = nullptr);
    /// Waits for the answer being worked on, some ten milliseconds.
    ~Explainer() override;

    /// Why `image` is read as `digit` and not as `rival`, 0 to 9 each. explained() or failed() follows unless
    /// a newer question comes first. The answers of another model than this are not given any more.
    void explain(std::shared_ptr<const Model> model, const DigitImage& image, int digit, int rival);
    /// Nothing that was asked before is answered any more.
    void cancel();

Q_SIGNALS:
    void explained(const digitpad::ExplainedImage& explained);
    /// A sentence for the person.
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad

Q_DECLARE_METATYPE(digitpad::ExplainedImage)
