package io.clusterzone.dns.step;

import io.clusterzone.dns.forward.AliasChase;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.LoopResolver;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.ClientChain;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.Step;
import java.util.function.Consumer;

/// The directives `forward` and `cache`: answers with what an upstream says, at once where it is
/// remembered, else when the reply comes.
public final class ForwardStep implements Step {
  private final Forwarding forwarding;

  public ForwardStep(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  @Override
  public Stage stage() {
    return Stage.FORWARD;
  }

  @Override
  public Ending take(Asked asked) {
    LoopResolver resolver = forwarding.on(asked.bench().channels());
    if (!resolver.isFor(asked.question())) {
      return Ending.PASS;
    }
    Question question = asked.forwarded();
    boolean overTcp = asked.protocol() == Protocol.TCP;
    ClientChain chain = asked.chain();
    boolean whole = !asked.isPart();
    return asked.<Resolution>await(
        listener ->
            resolver.resolve(
                question,
                overTcp,
                chain,
                resolution -> goOn(question, resolution, chain, whole, listener)),
        (now, resolution) -> Resolutions.write(now, resolution, false));
  }

  /// An upstream has no say over our names: where it leads to one, the chain goes on here. For a
  /// part of a chain the asker does that.
  private static void goOn(
      Question question,
      Resolution resolution,
      ClientChain chain,
      boolean whole,
      Consumer<Resolution> end) {
    if (whole && resolution instanceof Resolution.Reply reply && chain.ownsAnyOf(reply.reply())) {
      AliasChase.goOn(question, reply, chain, chain, end::accept);
    } else {
      end.accept(resolution);
    }
  }

  @Override
  public boolean knowsOtherNames() {
    return true;
  }
}
