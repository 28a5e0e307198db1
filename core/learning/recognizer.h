#pragma once

#include "core/ink/drawing.h"
#include "core/learning/engine.h"
#include "core/learning/numberreader.h"

#include <QObject>
#include <QString>

#include <memory>

namespace digitpad {

/// Live recognition: owns the one inference thread. Newest wins: while a drawing is being read at most one
/// other waits, and a newer one takes its place. The façade lives on the GUI thread and never blocks it.
class Recognizer : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Loading, ///< The module or a model is being loaded; the pad draws meanwhile.
        Ready,
        Failed, ///< No recogniser; message() says why.
    };
    Q_ENUM(State)

    explicit Recognizer(QObject* parent = nullptr);
    /// Waits for the drawing being read, a few milliseconds; for a module still loading, until it is loaded.
    ~Recognizer() override;

    /// A model file to read with from the beginning, and what to call it; the bundled model stands in where
    /// it cannot be loaded, and modelFailed() says why. After start() it is loadModelAs().
    void startWith(const QString& path, const QString& name);
    /// Loads the module and the bundled model off the GUI thread, then the one of startWith(). To be called
    /// after the first paint.
    void start();
    [[nodiscard]] State state() const;
    [[nodiscard]] QString message() const;
    /// Null until the module is there.
    [[nodiscard]] const Engine* engine() const;
    /// The model in use; null until Ready.
    [[nodiscard]] std::shared_ptr<const Model> model() const;
    /// What to call the model in use: "Bundled model", a file name, "Model just trained".
    [[nodiscard]] QString modelName() const;

    /// Takes effect with the next drawing; the newest drawing is read again at once.
    void useModel(std::shared_ptr<const Model> model, const QString& name);
    /// Loads a model file off the GUI thread; modelChanged() or modelFailed() follows. The model in use stays
    /// on failure. It is called by the name of its file.
    void loadModel(const QString& path);
    /// The same under another name.
    void loadModelAs(const QString& path, const QString& name);
    /// Reads a drawing; numberRead() and predicted() follow unless a newer one comes first.
    void read(const PadContent& content);

Q_SIGNALS:
    void stateChanged(digitpad::Recognizer::State state);
    /// The engine is there (before any model).
    void engineReady(const digitpad::Engine* engine);
    void modelChanged();
    void modelFailed(const QString& message);
    /// Of the newest drawing that was read; a blank one has digit -1. Where there are several digits, of the
    /// one that was drawn last.
    void predicted(const digitpad::Prediction& prediction);
    /// All digits of the same drawing; none where it is blank, or has too many strokes to be told apart.
    void numberRead(const digitpad::NumberReading& reading);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad

Q_DECLARE_METATYPE(digitpad::Prediction)
Q_DECLARE_METATYPE(digitpad::NumberReading)
