#pragma once

#include "core/learning/handlearning.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace digitpad {

/// What one learning works on.
struct HandLearningTask
{
    const Engine* engine = nullptr;
    /// What to begin with; where it is null, the model file `startPath`.
    std::shared_ptr<const Model> start;
    QString startPath;
    std::vector<LabelledInk> drawings;
    HandLearningOptions options;
    /// Where it is null, those of loadOtherHands().
    std::shared_ptr<const OtherHands> others = {};
};

/// Owns the thread that learns a hand: one at a time, parameters in as copies, signals out on the GUI thread.
class HandLearningController : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        Running,
        Stopping, ///< Stop was asked for; the batch in progress is ending.
    };
    Q_ENUM(State)

    explicit HandLearningController(QObject* parent = nullptr);
    /// Stops a learning in progress and waits for its batch to end.
    ~HandLearningController() override;

    [[nodiscard]] State state() const;

    /// Only in Idle; exactly one of completed(), stopped() and failed() follows.
    void start(const HandLearningTask& task);
    /// Does nothing but in Running.
    void stop();

Q_SIGNALS:
    /// At most about 20 a second.
    void progressed(const digitpad::HandLearningProgress& progress);
    void completed(const digitpad::HandLearningResult& result);
    void stopped();
    /// One sentence for the person.
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
