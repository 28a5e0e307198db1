#pragma once

#include "core/ink/drawing.h"
#include "core/learning/recognizer.h"
#include "ui/widgets/tones.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QImage;
class QMimeData;

namespace digitpad {

class BrushSize;
class Corrections;
class DrawActions;
class DrawingCanvas;
class ForeignModels;
class FloatingMessage;
class MyDigits;
class NumberBar;
class PredictionView;

/// The pad with its tools, and beside it what the recogniser reads, live. Files are read and written off the
/// GUI thread; what went wrong is said above the pad.
class DrawTab : public QWidget
{
    Q_OBJECT

public:
    /// `recognizer` and `digits` outlive the tab.
    DrawTab(Recognizer* recognizer, MyDigits* digits, QWidget* parent = nullptr);
    ~DrawTab() override;

    [[nodiscard]] Drawing* drawing() { return &m_drawing; }
    [[nodiscard]] DrawActions* actions() const { return m_actions; }
    [[nodiscard]] Corrections* corrections() const { return m_corrections; }

    /// Ink and pictures go on the pad, a model file (.pt) to the recogniser. The newest file wins.
    void openFile(const QString& path);
    void saveFile(const QString& path);
    /// Whether open() would find something in it: a file or a picture.
    [[nodiscard]] static bool canOpen(const QMimeData* mime);
    void open(const QMimeData* mime);
    /// Asks for a model file and hands it to the recogniser; a foreign one asks more (see foreignmodels.h).
    void chooseModel();
    /// Puts one of My digits on the pad, as one undo step.
    void showDigit(quint64 id);
    /// Puts the keyboard's focus on the pad.
    void focusPad();
    /// Shows a message above the lower edge of the pad, so that nothing moves; good news goes by itself. The
    /// button with `actionText`, where there is one, calls `action`.
    void say(Tone tone, const QString& text, const QString& actionText = {},
             std::function<void()> action = {});
    /// The same for errors, whose details go to the log.
    void report(const Error& error);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeToolStrip();
    void alignStrips();
    void alignToPad(QWidget* strip);
    void layOut();
    void connectRecognizer();
    void connectNumber();
    void connectActions();
    void connectCorrections();

    void chooseFileToOpen();
    void chooseFileToSave();
    void copyPicture();
    void pastePicture();
    void openPicture(const QImage& picture);
    void openModel(const QString& path);
    void connectModels();
    /// Runs `read` on another thread and puts what it gives on the pad, unless something newer came
    /// meanwhile.
    template <class Read>
    void openInBackground(Read read, const QString& undoText, bool fit);
    void readDrawing();

    Recognizer* m_recognizer;
    MyDigits* m_digits;
    Drawing m_drawing;
    DrawActions* m_actions;
    Corrections* m_corrections;
    QWidget* m_toolStrip;
    DrawingCanvas* m_canvas;
    BrushSize* m_brush;
    NumberBar* m_number;
    PredictionView* m_prediction;
    FloatingMessage* m_message;
    ForeignModels* m_models;
    QTimer m_readTimer; ///< All changes of one turn of the event loop are read once.
    int m_openRequest = 0;
};

} // namespace digitpad
