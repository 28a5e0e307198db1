#pragma once

#include "core/learning/engine.h"
#include "core/learning/robustness.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <memory>
#include <vector>

namespace digitpad {

/// Measures robustness off the GUI thread: one thread of its own. The
/// façade lives on the GUI thread and never blocks it.
class RobustnessRunner : public QObject
{
    Q_OBJECT

public:
    explicit RobustnessRunner(QObject* parent = nullptr);
    /// Ends what is being measured, and waits for that: a batch of the model.
    ~RobustnessRunner() override;

    /// As measureRobustness(). Exactly one of measured(), failed() and cancelled() follows, unless a newer
    /// start() comes first. Neither of the two is null.
    void start(std::shared_ptr<const Model> model, std::shared_ptr<const DigitSet> set, std::size_t most);
    /// cancelled() follows, at once, where something is being measured.
    void cancel();
    [[nodiscard]] bool busy() const;

Q_SIGNALS:
    /// 0 to 1, at most about 20 a second.
    void progress(double part);
    void measured(const std::vector<digitpad::RobustnessCurve>& curves);
    /// A sentence for the person.
    void failed(const QString& message);
    void cancelled();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
